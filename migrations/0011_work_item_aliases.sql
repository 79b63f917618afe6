-- Other names of one work item in its own tracker: former keys, and ids that sub-items name it by.
alter table evidence_work_item add column aliases jsonb;
-- Without a list of pending entries: read through by every look-up until the next vacuum, 50,000 items made one cost 6 ms.
create index evidence_work_item_alias on evidence_work_item using gin (aliases jsonb_path_ops) with (fastupdate = off)
  where learned_to = 'infinity' and aliases is not null;
