-- Systems that are connected: how they reach us, and how that goes.
create table connection (
  id text primary key,           -- short and random: part of the address the system posts to
  source text not null,          -- kind of system: github, gitlab, …
  name text not null,
  settings json not null,        -- what is no secret
  sealed bytea not null,         -- secrets by name, and the key in its address; readable by this installation alone
  created_at timestamptz not null,
  created_by text not null,
  paused_at timestamptz,
  last_event json                -- what the last delivery was read as: {at, event, records, problems}
);

-- What came, by day: small, so that the health of a source is one short look.
create table connection_day (
  connection text not null,
  day date not null,
  deliveries bigint not null default 0,
  accepted bigint not null default 0,
  revised bigint not null default 0,
  duplicates bigint not null default 0,
  rejected bigint not null default 0,
  ignored bigint not null default 0,   -- payloads that carry nothing we keep
  refused bigint not null default 0,   -- not signed, too large, sent again
  last_at timestamptz,
  last_refusal json,             -- {at, code, message}
  lag_seconds double precision not null default 0,      -- sum over records of (taken − happened)
  lag_records bigint not null default 0,
  primary key (connection, day)
);

-- Deliveries taken, so that one sent again by a stranger is recognised.
create table connection_seen (
  connection text not null,
  key text not null,
  at timestamptz not null,
  primary key (connection, key)
);
create index connection_seen_at on connection_seen (at);
