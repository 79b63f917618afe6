-- Derived rows of delivery are found by one number a scope: short entries in every index, which
-- take a third less time to write. The rows are derived again from the records.
create function delivery_scope_key(subject text, environment text) returns bigint
  language sql immutable parallel safe
  return ('x' || left(md5(subject || ' ' || environment), 16))::bit(64)::bigint;

drop table delivery_commit, delivery_change, delivery_deployment;
delete from delivery_input;
delete from delivery_scope;

-- Where each commit stands: on the main line since, in the environment since.
create table delivery_commit (
  scope bigint not null,
  sha text not null,
  known boolean not null,        -- false: only named by another commit, a change or a deployment
  main text,                     -- the main-line commit that brought it
  integrated_at timestamptz not null,
  deployment text,
  deployed_at timestamptz not null,
  method text,                   -- stated | ancestry | first
  unit text,                     -- the row of delivery_change it belongs to
  primary key (scope, sha)
);
create index delivery_commit_settled on delivery_commit (scope, greatest(integrated_at, deployed_at));

-- Units of delivery: a change, or a main-line commit without one. Durations in seconds; null is unknown.
create table delivery_change (
  scope bigint not null,
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
  primary key (scope, id)
);
create index delivery_change_deployed on delivery_change (scope, deployed_at);
create index delivery_change_merged on delivery_change (scope, merged_at);
create index delivery_change_number on delivery_change (scope, number) where number is not null;
create index delivery_change_waiting on delivery_change using gin (commits) where deployed_at = 'infinity';

-- Deployments, however many records tell of one.
create table delivery_deployment (
  scope bigint not null,
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
  primary key (scope, id)
);
create index delivery_deployment_finished on delivery_deployment (scope, finished_at);
create index delivery_deployment_commit on delivery_deployment (scope, commit);
create index delivery_deployment_fixes on delivery_deployment (scope, fixes) where fixes is not null;
create index delivery_deployment_records on delivery_deployment using gin (records);
create index delivery_deployment_failed on delivery_deployment using gin (failed_by) where failed_at is not null;
