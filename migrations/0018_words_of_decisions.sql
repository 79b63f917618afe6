-- Decisions are found by everything their record says, too; from here on they are written so.
update entity set words = words || setweight(to_tsvector('simple', translate(left(
    concat_ws(' ', doc #>> '{spec,outcome}', doc #>> '{spec,consequences}', doc #>> '{spec,options}', doc #>> '{spec,body}'), 20000), '-_./:', '     ')), 'C')
where kind = 'decision';
