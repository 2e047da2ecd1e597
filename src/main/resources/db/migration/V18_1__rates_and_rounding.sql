-- Over what time is rounded, and rates for some calls in their order of precedence, whole as they were agreed on.
alter table agreement_version
    add column rounding_scope text not null default 'PER_CALL' constraint agreement_version_scope
        check (rounding_scope in ('PER_CALL', 'PER_CLIENT_DAY', 'PER_CLIENT_STATEMENT', 'BALANCED')),
    -- {zone, holidays: [day], rules: [{name, personId, grade, activity, days, from, to, holidays, hourlyRate}]}
    add column rate_rules jsonb;
