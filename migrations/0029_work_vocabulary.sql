-- What work can be linked to, as links were last derived with it: compared with the catalogue, it tells which records to
-- look at again. Words of a namespace's outcomes by their hash, references, and numbers of decisions.
create table work_vocabulary (
  name text primary key,
  says text not null
);
