-- What others state of an entity beside the document that stands, and what sources see of it. Nothing here decides what
-- stands; the standing document is in `entity`, what it said before in `entity_version`.
create table statement (
  ref text not null,
  folder text not null,          -- who states it: a folder, or `scan:<repository>`
  origin text not null,          -- file | inferred
  doc json,                      -- null while its document is the one that stands
  observed json,                 -- [{fact, value, from, file, line, because, fills}], what was seen without being declared
  hash text not null,            -- of both
  file text,
  line integer,
  since timestamptz not null,    -- when it was first stated so
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity',
  by text not null,
  primary key (ref, folder, learned_from)
);
create index statement_folder on statement (folder) where learned_to = 'infinity';

-- When a folder or repository was read, changed or not: the first time of each day.
create table folder_read (
  folder text not null,
  day date not null,
  at timestamptz not null,
  primary key (folder, day)
);
