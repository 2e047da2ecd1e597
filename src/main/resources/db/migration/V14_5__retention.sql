-- A firm's rule after how many years the bytes of old files are erased, and the certificates of that.
create table intake_retention (
    firm_id uuid not null,
    years int not null constraint intake_retention_years check (years between 1 and 30),
    set_at timestamptz not null,
    set_by text not null,
    constraint intake_retention_pk primary key (firm_id)
);
call protect_firm_table('intake_retention', 'select, insert, update, delete');

create table erase_certificate (
    firm_id uuid not null,
    id uuid not null,
    erased_at timestamptz not null,
    -- The rule at that time.
    years int not null,
    files int not null,
    bytes bigint not null,
    -- JSON, exactly as hashed: which files, with their hashes.
    document text not null,
    sha256 bytea not null constraint erase_certificate_hash check (length(sha256) = 32),
    constraint erase_certificate_pk primary key (firm_id, id)
);
call protect_firm_table('erase_certificate', 'select, insert');

alter table intake_file
    add column certificate_id uuid,
    add constraint intake_file_certificate foreign key (firm_id, certificate_id) references erase_certificate;

-- What is kept of records whose bytes were erased: their SHA-256, without line end, as statements name it.
create table erased_record (
    firm_id uuid not null,
    file_id uuid not null,
    byte_offset bigint not null,
    sha256 bytea not null,
    constraint erased_record_pk primary key (firm_id, file_id, byte_offset),
    constraint erased_record_file foreign key (firm_id, file_id) references intake_file
);
call protect_firm_table('erased_record', 'select');

-- Whether the bytes of a file may be erased: it came before that moment; no record of it waits in quarantine; none of
-- its calls is still to be billed; none is on a statement that was issued since; of an archive, all files are erased.
create function app_is_erasable(of_file uuid, before timestamptz) returns boolean
    language sql stable set search_path = public, pg_temp as $$
    select exists (select from intake_file f where f.id = of_file and f.certificate_id is null and f.received_at < before
            and f.state in ('DONE', 'FAILED', 'UNPACKED') and f.quarantined = 0 and not f.replaying)
        and not exists (select from intake_file f
            join leg l on l.firm_id = f.firm_id and l.file_id = f.id and l.started_at between f.first_at and f.last_at
            join call c on c.firm_id = l.firm_id and c.id = l.call_id
            left join charge h on h.firm_id = c.firm_id and h.opened_at = c.opened_at and h.call_id = c.id
            left join statement s on s.firm_id = h.firm_id and s.id = h.statement_id
            where f.id = of_file
            and (c.state not in ('NO_ANSWER', 'INTERNAL', 'HOUSE', 'BILLED') or s.issued_at >= before))
        and not exists (select from archive_member m join intake_file f on f.firm_id = m.firm_id and f.id = m.file_id
            where m.archive_id = of_file and f.certificate_id is null)
$$;

-- The one way to erase bytes: by the firm's rule, under a certificate. The application itself can't remove any.
create function app_erase_file(certificate uuid, of_file uuid, chunk_size int) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not coalesce((select app_is_erasable(of_file, c.erased_at - make_interval(years => c.years))
            from erase_certificate c join intake_retention r on r.firm_id = c.firm_id and r.years = c.years
            where c.id = certificate and c.erased_at <= now() + interval '5 minutes'), false) then
        raise exception 'file % may not be erased', of_file using errcode = '23514';
    end if;
    insert into erased_record (firm_id, file_id, byte_offset, sha256)
        select l.firm_id, l.file_id, l.byte_offset, sha256(rtrim(r.bytes, '\x0d0a'::bytea))
        from intake_file f
        join leg l on l.firm_id = f.firm_id and l.file_id = f.id and l.started_at between f.first_at and f.last_at
        cross join lateral (select string_agg(substring(c.bytes
            from greatest(l.byte_offset - c.no * chunk_size::bigint, 0)::int + 1
            for (least(l.byte_offset + l.byte_length - c.no * chunk_size::bigint, chunk_size)
                - greatest(l.byte_offset - c.no * chunk_size::bigint, 0))::int), '' order by c.no) as bytes
            from intake_chunk c where c.firm_id = l.firm_id and c.file_id = l.file_id
            and c.no between l.byte_offset / chunk_size and (l.byte_offset + l.byte_length - 1) / chunk_size) r
        where f.id = of_file;
    delete from intake_chunk where file_id = of_file;
    update intake_file set certificate_id = certificate where id = of_file;
end $$;
revoke all on function app_erase_file(uuid, uuid, int) from public;
grant execute on function app_erase_file(uuid, uuid, int) to ${app_role};
