-- Keys by which machines push records. A key's text names its firm, so that no table over all firms is needed to find
-- it. Only the SHA-256 of its secret is kept: the secret is 256 random bits, which no dictionary can hold, so a slow
-- hash would cost each push time and add nothing.
create table source_key (
    firm_id uuid not null,
    id text not null constraint source_key_id check (id ~ '^[0-9a-z]{10}$'),
    source_id uuid not null,
    -- At most two are valid at a time, so that one can take over from the other: one in each place.
    place smallint not null constraint source_key_place check (place in (1, 2)),
    hash bytea not null constraint source_key_hash check (length(hash) = 32),
    made_at timestamptz not null,
    made_by text not null,
    last_used_at timestamptz,
    revoked_at timestamptz,
    revoked_by text,
    constraint source_key_pk primary key (firm_id, id),
    constraint source_key_source foreign key (firm_id, source_id) references source,
    constraint source_key_revocation check ((revoked_at is null) = (revoked_by is null))
);
create unique index source_key_two_valid on source_key (firm_id, source_id, place) where revoked_at is null;
create index source_key_by_source on source_key (firm_id, source_id, made_at);
call protect_firm_table('source_key', 'select, insert, update');

-- Files that a machine pushed, and archives: kept as they came, the files in them are files of their own.
alter table intake_file drop constraint intake_file_via;
alter table intake_file add constraint intake_file_via check (via in ('UPLOAD', 'API', 'DEMO', 'PUSH'));
alter table intake_file drop constraint intake_file_state;
alter table intake_file add constraint intake_file_state check (state in ('STORED', 'READING', 'DONE', 'FAILED', 'UNPACKED'));

-- What was in an archive, in its order. A file that had come before, alone or in another archive, is named by both.
create table archive_member (
    firm_id uuid not null,
    archive_id uuid not null,
    no int not null,
    name text not null,
    file_id uuid not null,
    constraint archive_member_pk primary key (firm_id, archive_id, no),
    constraint archive_member_archive foreign key (firm_id, archive_id) references intake_file,
    constraint archive_member_file foreign key (firm_id, file_id) references intake_file
);
create index archive_member_by_file on archive_member (firm_id, file_id);
call protect_firm_table('archive_member', 'select, insert');
