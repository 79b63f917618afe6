-- Entities and the typed links between things.
create table entity (
  ref text primary key,
  kind text not null,            -- as in the ref, lower case
  namespace text not null,
  name text not null,
  title text,
  doc jsonb not null,            -- {apiVersion, kind, metadata, spec}
  hash text not null,
  origin text not null,          -- file | form | inferred
  folder text,
  file text,
  line integer,
  version integer not null,
  updated_at timestamptz not null,
  updated_by text not null,
  words tsvector not null
);
create index entity_kind on entity (kind, namespace, name);
create index entity_folder on entity (folder) where folder is not null;
create index entity_words on entity using gin (words);

create table entity_version (
  ref text not null,
  version integer not null,
  doc jsonb not null,
  origin text not null,
  folder text,
  file text,
  at timestamptz not null,
  by text not null,
  removed boolean not null default false,
  primary key (ref, version)
);

-- A link joins two things, each a ref or a record id (`kind:source/id`).
create table link (
  from_id text not null,
  type text not null,
  to_id text not null,
  owner text not null,           -- the entity or the source of inferences that states it
  origin text not null,          -- declared | trailer | reference | inferred
  confidence real not null,
  status text not null,          -- accepted | suggested
  because text,
  at timestamptz not null,
  by text not null,
  primary key (from_id, type, to_id, owner)
);
create index link_to on link (to_id, type);
create index link_owner on link (owner);
create index link_suggested on link (confidence desc) where status = 'suggested';

-- What people decided about suggestions; outlives the suggestion.
create table link_decision (
  from_id text not null,
  type text not null,
  to_id text not null,
  status text not null,          -- accepted | refused
  at timestamptz not null,
  by text not null,
  primary key (from_id, type, to_id)
);
