create table import (
  id bigint generated always as identity primary key,
  label text not null,
  format text not null,
  fingerprint text,
  by text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  done bigint not null default 0,
  accepted bigint not null default 0,
  revised bigint not null default 0,
  duplicates bigint not null default 0,
  rejected bigint not null default 0,
  by_kind jsonb not null default '{}'
);

create table reject (
  id bigint generated always as identity primary key,
  import_id bigint not null references import (id),
  at timestamptz not null,
  hash text not null,            -- of the raw line: the same line is kept once
  sealed bytea not null,         -- the raw line, readable by this installation alone
  code text not null,
  message text not null,
  fix text,
  line bigint,
  attempts integer not null default 0
);
create unique index reject_hash on reject (hash);

create table watch (
  id bigint generated always as identity primary key,
  kind text not null,            -- repository | folder
  path text not null,
  every_seconds integer not null,
  cursor jsonb not null default '{}',
  last_run_at timestamptz,
  last_error text,
  last_result jsonb,
  unique (kind, path)
);

create table setting (
  key text primary key,
  value jsonb not null
);
