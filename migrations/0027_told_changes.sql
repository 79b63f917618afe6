-- Changes of level that were told: each once, however often it is found again.
create table told_change (
  id bigint generated always as identity primary key,
  namespace text not null,
  measure text not null,
  subject text not null,
  rose boolean not null,         -- a change the other way is another one
  changed_at timestamptz not null,
  told_at timestamptz not null
);
create index told_change_lately on told_change (namespace, changed_at);

-- When a namespace was last looked at for changes to tell, and what was the last thing known then.
create table change_look (
  namespace text primary key,
  looked_at timestamptz not null,
  learned timestamptz not null
);

-- Whose changes of level a target hears of: executive | product | engineering | all; null: of none.
alter table alert_destination add column changes text;

-- A message tells of alerts on a service or of changes of level.
alter table alert_delivery alter column service drop not null;
alter table alert_delivery add column changes bigint[] not null default '{}';
create index alert_delivery_changes on alert_delivery using gin (changes) where changes <> '{}';
