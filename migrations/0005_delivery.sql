-- Derived from records and rebuilt from them at will: which deployment first held which change.
-- Everything is kept for one subject (a share of the catalogue) and one environment; the subject comes first in every key.
-- `infinity` stands for "has not happened".

-- Subjects and environments somebody has asked about.
create table delivery_scope (
  subject text not null,
  environment text not null,
  definition text not null,      -- the share as it was when derived; another one means deriving anew
  primary key (subject, environment)
);

-- Which evidence a scope reads, and up to which moment of learning it has been taken in.
create table delivery_input (
  input text not null,           -- subject of the evidence
  subject text not null,
  environment text not null,
  seen timestamptz not null,
  primary key (input, subject, environment)
);
create index delivery_input_scope on delivery_input (subject, environment);

-- Where each commit stands: on the main line since, in the environment since.
create table delivery_commit (
  subject text not null,
  environment text not null,
  sha text not null,
  known boolean not null,        -- false: only named by another commit, a change or a deployment
  main text,                     -- the main-line commit that brought it
  integrated_at timestamptz not null,
  deployment text,
  deployed_at timestamptz not null,
  method text,                   -- stated | ancestry | first
  unit text,                     -- the row of delivery_change it belongs to
  primary key (subject, environment, sha)
);
create index delivery_commit_settled on delivery_commit (subject, environment, greatest(integrated_at, deployed_at));

-- Units of delivery: a change, or a main-line commit without one. Durations in seconds; null is unknown.
create table delivery_change (
  subject text not null,
  environment text not null,
  id text not null,
  here boolean not null,         -- false: a change of the repository that does not touch this part of it
  records text[] not null,
  number bigint,
  sha text,
  commits text[] not null,
  title text,
  url text,
  authored_at timestamptz,
  opened_at timestamptz,
  reviewed_at timestamptz,
  merged_at timestamptz,
  deployment text,
  deployed_at timestamptz not null,
  method text,
  lead_seconds double precision,
  coding_seconds double precision,
  review_wait_seconds double precision,
  review_seconds double precision,
  deploy_wait_seconds double precision,
  lines bigint,
  generated_lines bigint,
  reverts text,
  hotfix boolean not null,
  flags text[] not null,
  excluded text,                 -- why it has no lead time although it was deployed
  primary key (subject, environment, id)
);
create index delivery_change_deployed on delivery_change (subject, environment, deployed_at);
create index delivery_change_merged on delivery_change (subject, environment, merged_at);
create index delivery_change_number on delivery_change (subject, environment, number) where number is not null;
create index delivery_change_waiting on delivery_change using gin (commits) where deployed_at = 'infinity';

-- Deployments, however many records tell of one.
create table delivery_deployment (
  subject text not null,
  environment text not null,
  id text not null,
  records text[] not null,
  commit text not null,
  artifact text,
  started_at timestamptz,
  finished_at timestamptz not null,
  kind text not null,            -- first | redeployment | rollback | older_commit | unsuccessful
  repeats integer not null,
  planned boolean,
  fixes text,
  rollback_of text,
  inferred boolean not null,
  url text,
  rework boolean not null,
  failures json not null,        -- [{to, type, method, confidence, at, endedAt}]
  failed_by text[] not null,     -- the records among them
  failed_at timestamptz,
  recovered_at timestamptz,
  flags text[] not null,
  primary key (subject, environment, id)
);
create index delivery_deployment_finished on delivery_deployment (subject, environment, finished_at);
create index delivery_deployment_commit on delivery_deployment (subject, environment, commit);
create index delivery_deployment_fixes on delivery_deployment (subject, environment, fixes) where fixes is not null;
create index delivery_deployment_records on delivery_deployment using gin (records);
create index delivery_deployment_failed on delivery_deployment using gin (failed_by) where failed_at is not null;
