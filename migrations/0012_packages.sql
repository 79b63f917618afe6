-- What components are built of: the lock files and manifests of each repository, and the packages each of them tells.
-- A row of `package` is one name in one version in one file, with all components of the repository that have it: a
-- monorepo of 50 members with 3,000 packages is 3,000 rows, not 150,000.
create table package_file (
  repository text not null,
  file text not null,
  ecosystem text not null,       -- as package URLs name it: cargo, golang, maven, npm, pypi
  components text[] not null,    -- whom it tells of; the repository itself where no component is found
  unread text,                   -- why nothing in it counts
  digest text not null,          -- of everything it tells: what says the same is not compared row by row
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity'
);
create unique index package_file_present on package_file (repository, file) where learned_to = 'infinity';
create index package_file_known on package_file (repository, file, learned_from);
create index package_file_components on package_file using gin (components);

create table package (
  repository text not null,
  file text not null,
  ecosystem text not null,
  name text not null,
  version text,                  -- null where the file does not fix one
  asked text,                    -- a range as written, where there is no version
  because text,                  -- why there is none
  local boolean not null,        -- another part of the same repository
  direct text[] not null,        -- components that ask for it themselves
  through text[] not null,       -- that only get it through others
  untold text[] not null,        -- that have it, where nothing says who asks
  development text[] not null,   -- of all these, those that need it for development alone
  whole text not null generated always as (lower(name)) stored,
  part text not null generated always as (lower(regexp_replace(regexp_replace(name, '/v[0-9]+$', ''), '^.*[/:]', ''))) stored, -- behind the scope, group or path
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity'
);
create index package_file_of on package (repository, file) where learned_to = 'infinity';
create index package_whole on package (whole text_pattern_ops);
create index package_part on package (part text_pattern_ops);
create index package_earlier on package (repository, file, learned_to) where learned_to <> 'infinity';

-- Under which names others can ask for a component.
create table package_publication (
  component text not null,
  ecosystem text not null,
  name text not null,
  repository text not null,
  file text not null,
  private boolean not null,      -- never published: only its own repository can ask for it
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity'
);
create unique index package_publication_present on package_publication (component, ecosystem, name, repository) where learned_to = 'infinity';
create index package_publication_name on package_publication (ecosystem, name) where learned_to = 'infinity';
create index package_publication_repository on package_publication (repository) where learned_to = 'infinity';
