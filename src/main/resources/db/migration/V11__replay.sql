-- Quarantined records can be read again after the source's settings were mended, or be set aside with a reason. What
-- they were in quarantine for stays; what they became is marked beside it.
alter table intake_record
    add column mended_at timestamptz,
    add column mended_as text,
    add constraint intake_record_mended check ((mended_at is null) = (mended_as is null)
        and (mended_as is null or (outcome = 'QUARANTINED' and mended_as in ('LEG', 'DUPLICATE', 'IGNORED', 'SET_ASIDE'))));
grant update (mended_at, mended_as) on intake_record to ${app_role};

alter table intake_file add column replaying boolean not null default false;

-- The source's stamps were read in another zone before: its records start at another instant when they come again.
alter table source add column restamped boolean not null default false;
