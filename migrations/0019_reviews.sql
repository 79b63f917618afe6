-- Links that let somebody without an account read one page, or act for one side of one review.
create table share_link (
  id text primary key,
  hash text not null unique,     -- SHA-256 of the secret; the secret itself is shown once and kept nowhere
  purpose text not null,         -- vision: read it; review: act for a side
  target text not null,          -- ref of the vision or review
  side text,                     -- the side it acts for
  person text,                   -- pseudonym of whom it was made for, where that was said
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);
create index share_link_target on share_link (target, created_at);

-- How each side ranks alone, until all have ranked: then the rankings are written into the review itself.
create table review_ballot (
  review text not null,
  side text not null,
  ranking jsonb not null,        -- refs of outcomes, most important first
  at timestamptz not null,
  primary key (review, side)
);
