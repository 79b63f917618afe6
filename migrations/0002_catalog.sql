-- Entities and the typed links between things.
create table entity (
  ref text primary key,
  kind text not null,            -- as in the ref, lower case
  namespace text not null,
  name text not null,
  title text,
  doc json not null,             -- {apiVersion, kind, metadata, spec}; json keeps the order of keys for export
  hash text not null,            -- of the document, whatever the order of its keys
  stated_hash text,              -- hash as its folder last stated it; differs while a form's edit stands
  origin text not null,          -- file | form | inferred
  folder text,
  file text,
  line integer,
  version integer not null,
  updated_at timestamptz not null,
  updated_by text not null,
  words tsvector not null,
  repository text,               -- where its evidence comes from: a ref, or a repository's bare name
  path text,                     -- below the repository's root
  deployments text,              -- how they are known: tags, tags:<prefix>, main, events
  aliases text[]                 -- other refs evidence may carry for it
);
create index entity_kind on entity (kind, namespace, name);
create index entity_folder on entity (folder) where folder is not null;
create index entity_words on entity using gin (words);
create index entity_repository on entity (split_part(repository, '/', -1)) where repository is not null;
create index entity_aliases on entity using gin (aliases) where aliases is not null;

-- Another word after every change of an entity, so that what was read can be kept in memory as long as it holds; and
-- when an entity or a link was last learned, so that the present is known to be what was known at a moment.
create table catalog_revision (
  one boolean primary key default true check (one),
  token text not null,
  learned timestamptz not null
);
insert into catalog_revision (token, learned) values ('empty', 'epoch');

-- Every version of every entity, the present one too: known from learned_from until learned_to.
create table entity_version (
  ref text not null,
  version integer not null,
  kind text not null generated always as (split_part(ref, ':', 1)) stored,
  namespace text not null generated always as (split_part(split_part(ref, ':', 2), '/', 1)) stored,
  name text not null generated always as (split_part(ref, '/', 2)) stored,
  title text,
  doc json not null,
  origin text not null,
  folder text,
  file text,
  line integer,
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity',
  by text not null,
  removed boolean not null default false,
  repository text,
  path text,
  deployments text,
  aliases text[],
  primary key (ref, version)
);
create index entity_version_kind on entity_version (kind, namespace);

-- A link joins two things, each a ref or a record (`kind:source/id`, with `@subject` where ids repeat between subjects).
create table link (
  from_id text not null,
  type text not null,
  to_id text not null,
  owner text not null,           -- the entity or the source of inferences that states it; `people` for accepted by hand
  origin text not null,          -- declared | trailer | reference | inferred
  confidence real not null,
  status text not null,          -- accepted | suggested | refused
  because text,
  at timestamptz not null,       -- when it was stated; for a link of a record, when that happened
  by text not null,
  learned_from timestamptz not null,
  primary key (from_id, type, to_id, owner)
);
create index link_to on link (to_id, type);
create index link_owner on link (owner);
create index link_suggested on link (confidence desc, at desc) where status = 'suggested';

-- Links as they were known until a moment: what `link` said before it was changed or gone.
create table link_earlier (
  from_id text not null,
  type text not null,
  to_id text not null,
  owner text not null,
  origin text not null,
  confidence real not null,
  status text not null,
  because text,
  at timestamptz not null,
  by text not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null
);
create index link_earlier_from on link_earlier (from_id, type);
create index link_earlier_to on link_earlier (to_id, type);
create index link_earlier_owner on link_earlier (owner);

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
