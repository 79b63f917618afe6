-- The ledger: one table a kind is both the ledger and what is asked.
-- A row is the state of a record (subject, source, id) as it was known from learned_from until learned_to.
-- `said` is what that revision itself stated; null where it equals the columns (every first revision).
-- High-volume tables have the subject first in every key, and no foreign keys, so that they can be distributed by it.

create table evidence_commit (
  subject text not null,
  source text not null,
  id text not null,
  at timestamptz not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity',
  hash text not null,
  basis smallint not null, -- 0 inferred, 1 observed, 2 explicit
  retracted boolean not null default false,
  import_id bigint,
  said jsonb,
  extra jsonb,
  sha text not null,
  author text not null,
  co_authors jsonb,
  authored_at timestamptz not null,
  committed_at timestamptz not null,
  parents jsonb not null,
  message text,
  trailers jsonb,
  additions integer,
  deletions integer,
  files jsonb,
  reverts text,
  bot boolean
);
create unique index evidence_commit_current on evidence_commit (subject, source, id) where learned_to = 'infinity';
create index evidence_commit_earlier on evidence_commit (subject, source, id) where learned_to <> 'infinity';
create index evidence_commit_at on evidence_commit (subject, at);
create index evidence_commit_import on evidence_commit (import_id) where import_id is not null;

create table evidence_change (
  subject text not null,
  source text not null,
  id text not null,
  at timestamptz not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity',
  hash text not null,
  basis smallint not null, -- 0 inferred, 1 observed, 2 explicit
  retracted boolean not null default false,
  import_id bigint,
  said jsonb,
  extra jsonb,
  number bigint,
  title text,
  body text,
  url text,
  author text,
  bot boolean,
  branch text,
  opened_at timestamptz,
  first_review_at timestamptz,
  approved_at timestamptz,
  merged_at timestamptz,
  closed_at timestamptz,
  merge_commit text,
  commits jsonb,
  additions integer,
  deletions integer,
  reverts text,
  labels jsonb,
  refs jsonb
);
create unique index evidence_change_current on evidence_change (subject, source, id) where learned_to = 'infinity';
create index evidence_change_earlier on evidence_change (subject, source, id) where learned_to <> 'infinity';
create index evidence_change_at on evidence_change (subject, at);
create index evidence_change_import on evidence_change (import_id) where import_id is not null;

create table evidence_deployment (
  subject text not null,
  source text not null,
  id text not null,
  at timestamptz not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity',
  hash text not null,
  basis smallint not null, -- 0 inferred, 1 observed, 2 explicit
  retracted boolean not null default false,
  import_id bigint,
  said jsonb,
  extra jsonb,
  environment text not null,
  commit text not null,
  commits jsonb,
  started_at timestamptz,
  finished_at timestamptz not null,
  outcome text not null,
  planned boolean,
  fixes text,
  rollback_of text,
  artifact text,
  confidence double precision,
  url text
);
create unique index evidence_deployment_current on evidence_deployment (subject, source, id) where learned_to = 'infinity';
create index evidence_deployment_earlier on evidence_deployment (subject, source, id) where learned_to <> 'infinity';
create index evidence_deployment_at on evidence_deployment (subject, at);
create index evidence_deployment_import on evidence_deployment (import_id) where import_id is not null;

create table evidence_incident (
  subject text not null,
  source text not null,
  id text not null,
  at timestamptz not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity',
  hash text not null,
  basis smallint not null, -- 0 inferred, 1 observed, 2 explicit
  retracted boolean not null default false,
  import_id bigint,
  said jsonb,
  extra jsonb,
  title text not null,
  severity text,
  opened_at timestamptz not null,
  acknowledged_at timestamptz,
  mitigated_at timestamptz,
  resolved_at timestamptz,
  caused_by text,
  aliases jsonb,
  url text
);
create unique index evidence_incident_current on evidence_incident (subject, source, id) where learned_to = 'infinity';
create index evidence_incident_earlier on evidence_incident (subject, source, id) where learned_to <> 'infinity';
create index evidence_incident_at on evidence_incident (subject, at);
create index evidence_incident_import on evidence_incident (import_id) where import_id is not null;

create table evidence_work_item (
  subject text not null,
  source text not null,
  id text not null,
  at timestamptz not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity',
  hash text not null,
  basis smallint not null, -- 0 inferred, 1 observed, 2 explicit
  retracted boolean not null default false,
  import_id bigint,
  said jsonb,
  extra jsonb,
  title text not null,
  type text,
  state text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  done_at timestamptz,
  parent text,
  labels jsonb,
  points double precision,
  url text,
  refs jsonb
);
create unique index evidence_work_item_current on evidence_work_item (subject, source, id) where learned_to = 'infinity';
create index evidence_work_item_earlier on evidence_work_item (subject, source, id) where learned_to <> 'infinity';
create index evidence_work_item_at on evidence_work_item (subject, at);
create index evidence_work_item_import on evidence_work_item (import_id) where import_id is not null;

create table evidence_measurement (
  subject text not null,
  source text not null,
  id text not null,
  at timestamptz not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity',
  hash text not null,
  basis smallint not null, -- 0 inferred, 1 observed, 2 explicit
  retracted boolean not null default false,
  import_id bigint,
  said jsonb,
  extra jsonb,
  measure text not null,
  value double precision not null,
  dimensions jsonb
);
create unique index evidence_measurement_current on evidence_measurement (subject, source, id) where learned_to = 'infinity';
create index evidence_measurement_earlier on evidence_measurement (subject, source, id) where learned_to <> 'infinity';
create index evidence_measurement_at on evidence_measurement (subject, at);
create index evidence_measurement_import on evidence_measurement (import_id) where import_id is not null;

create table evidence_product_event (
  subject text not null,
  source text not null,
  id text not null,
  at timestamptz not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity',
  hash text not null,
  basis smallint not null, -- 0 inferred, 1 observed, 2 explicit
  retracted boolean not null default false,
  import_id bigint,
  said jsonb,
  extra jsonb,
  name text not null,
  actor text not null,
  revenue jsonb
);
create unique index evidence_product_event_current on evidence_product_event (subject, source, id) where learned_to = 'infinity';
create index evidence_product_event_earlier on evidence_product_event (subject, source, id) where learned_to <> 'infinity';
create index evidence_product_event_at on evidence_product_event (subject, at);
create index evidence_product_event_import on evidence_product_event (import_id) where import_id is not null;

create table evidence_event (
  subject text not null,
  source text not null,
  id text not null,
  at timestamptz not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity',
  hash text not null,
  basis smallint not null, -- 0 inferred, 1 observed, 2 explicit
  retracted boolean not null default false,
  import_id bigint,
  said jsonb,
  extra jsonb,
  type text not null,
  data jsonb
);
create unique index evidence_event_current on evidence_event (subject, source, id) where learned_to = 'infinity';
create index evidence_event_earlier on evidence_event (subject, source, id) where learned_to <> 'infinity';
create index evidence_event_at on evidence_event (subject, at);
create index evidence_event_import on evidence_event (import_id) where import_id is not null;

create index evidence_commit_sha on evidence_commit (sha);
create index evidence_measurement_measure on evidence_measurement (measure, at);

-- Good and total events of one indicator. A row holds what one batch brought for one hour, by minute:
-- samples = {"<minute>": {"<id>": [at, good, total, seconds]}}. Rows add up: `good` and `total` are what this row adds to
-- its hour, negative where it corrects an earlier one, so the sum over rows learned by a moment is what was known then.
create table evidence_sli (
  subject text not null,
  source text not null,
  indicator text not null,
  hour timestamptz not null,
  learned_from timestamptz not null,
  good double precision not null,
  total double precision not null,
  samples jsonb not null,
  import_id bigint
);
create index evidence_sli_hour on evidence_sli (subject, indicator, hour);
create index evidence_sli_import on evidence_sli (import_id) where import_id is not null;

-- How many records there are now and from when to when, so that a page need not count them.
create table evidence_subject (
  subject text not null,
  kind text not null,
  source text not null,
  records bigint not null,
  first_at timestamptz not null, -- earliest and latest moment ever stated
  last_at timestamptz not null,
  learned_at timestamptz not null,
  primary key (subject, kind, source)
);
-- From when until when there was any record of a subject.
create table evidence_told (
  subject text not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity'
);
create index evidence_told_subject on evidence_told (subject);
create table evidence_day (
  kind text not null,
  source text not null,
  day date not null,
  records bigint not null,
  primary key (kind, source, day)
);

-- The last moment of learning: one row, locked by whoever writes, so that moments never run backwards.
create table ledger_clock (
  one boolean primary key default true check (one),
  learned timestamptz not null
);
insert into ledger_clock (learned) values ('epoch');

-- Which subjects have new records a derived table has not seen, and from when on.
create table derived_stale (
  name text not null,
  subject text not null,
  since timestamptz not null,
  primary key (name, subject)
);
