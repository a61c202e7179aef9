-- How much may be under way follows from how fast it comes back.
-- Cost under way in its lane once this was granted, with its own: what was done by the time it is.
alter table in_flight add column ahead bigint not null default 0;

-- Cost that comes back a second, while it was measured; 0 before that.
alter table dispatch_lane add column rate double precision not null default 0;
