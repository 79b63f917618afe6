-- What was said about who is who, each from a moment until another; people are known by their aliases alone, and those
-- are pseudonyms, refs and the names of programs.
create table person_statement (
  id bigint generated always as identity primary key,
  says text not null,            -- same: `alias` and `other` are one person; apart: `alias` is nobody else; person | bot | agent: what `alias` is
  alias text not null,
  other text,
  origin text not null,          -- mailmap | signature | noreply | catalog | hand
  by text not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity'
);
create index person_statement_standing on person_statement (says, alias, other) where learned_to = 'infinity';

-- What follows from it: whom an alias stands for. An alias that is not here stands for itself.
create table person_of (
  alias text not null,
  person text not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity'
);
create index person_of_alias on person_of (alias);

-- Who was erased and must not come back: keyed hashes, which nobody turns back into names.
create table person_erased (
  id bigint generated always as identity primary key,
  hash text not null unique,
  print integer not null,        -- 16 bits of a keyed checksum: tells quickly which words need no closer look
  words smallint not null        -- how many words the name has
);

-- How long records of a kind are kept, in days; a kind that is not here is kept for good.
create table retention (
  kind text primary key,         -- a kind of evidence, or `reject`
  days integer not null check (days > 0),
  by text not null,
  at timestamptz not null
);

-- How many records were forgotten, by the day they happened: what is left of them.
create table forgotten (
  subject text not null,
  kind text not null,
  source text not null,
  day date not null,
  records bigint not null,
  forgotten_at timestamptz not null,
  primary key (subject, kind, source, day)
);

-- Records before this moment were forgotten already when the rows of this scope were derived anew.
alter table delivery_scope add column whole_from timestamptz;
