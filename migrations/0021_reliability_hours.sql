-- Good and total events of indicators, derived from evidence_sli: an hour a row with a slot for each of its minutes, and
-- a day (UTC) a row. A slot is null where nothing was said of its minute; slots end with the last minute of which
-- something was said. Where every count is a whole number below 2^31 the slots are integers (about half the size), else
-- they are in the `exact` columns; where they are in neither, only the sums are kept.
create table sli_hour (
  hour timestamptz not null,
  good double precision not null,
  total double precision not null,
  minutes smallint not null, -- of which something was said
  until smallint not null, -- the minute after the last of them
  subject text not null,
  indicator text not null,
  good_whole integer[],
  total_whole integer[],
  good_exact double precision[],
  total_exact double precision[],
  primary key (subject, indicator, hour)
) with (fillfactor = 85);

create table sli_day (
  day timestamptz not null,
  good double precision not null,
  total double precision not null,
  last_at timestamptz not null, -- end of the last minute of which something was said
  minutes smallint not null,
  subject text not null,
  indicator text not null,
  primary key (subject, indicator, day)
);
