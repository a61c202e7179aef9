-- Access groups that the caller gave the document, sorted: only callers in one of them may see it. Empty for everybody of the tenant,
-- who is named by the collection: acme.handbook is handbook of tenant acme, and handbook that of tenant default.
alter table document add column given_groups text[] not null default '{}';
