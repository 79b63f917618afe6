create table token (
  id text primary key,
  name text not null,
  hash text not null unique,
  person text not null,
  scopes jsonb not null,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);

create table session (
  hash text primary key,
  token_id text not null references token (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  person text not null,
  verb text not null,
  target text not null,
  detail jsonb not null
);
create index audit_target on audit (target, id);
