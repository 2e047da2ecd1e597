-- Public keys by which machines drop files by SFTP, besides the source's keys as a password.
create table source_ssh_key (
    firm_id uuid not null,
    id uuid not null,
    source_id uuid not null,
    type text not null,
    -- As OpenSSH shows it: SHA256:…, of the public key.
    fingerprint text not null,
    comment text not null,
    made_at timestamptz not null,
    made_by text not null,
    last_used_at timestamptz,
    revoked_at timestamptz,
    revoked_by text,
    constraint source_ssh_key_pk primary key (firm_id, id),
    constraint source_ssh_key_source foreign key (firm_id, source_id) references source,
    constraint source_ssh_key_revocation check ((revoked_at is null) = (revoked_by is null))
);
-- A key leads to one source.
create unique index source_ssh_key_once on source_ssh_key (firm_id, fingerprint) where revoked_at is null;
create index source_ssh_key_by_source on source_ssh_key (firm_id, source_id, made_at);
call protect_firm_table('source_ssh_key', 'select, insert, update');
