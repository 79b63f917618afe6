-- What work can be linked to, as links were last derived with it: compared with the catalogue, it tells which records to
-- look at again. Words of a namespace's outcomes by their hash, references, and numbers of decisions.
create table work_vocabulary (
  name text primary key,
  says text not null
);

-- Rows that several parts of one repository have of one record are found by it: most records touch one part alone.
create index delivery_change_record on delivery_change (id) where here;
create index delivery_deployment_record on delivery_deployment (id);
