-- A stranger with a certificate in the hand knows its code, not how an agency is called in addresses: the code alone finds it.
-- A code (60 random bits) is given once in the whole installation. The worker may see that a code exists and whose it is,
-- nothing of the certificate.
create unique index certificate_code on credentials.certificate (verify_code);
create policy worker on credentials.certificate to asah_worker using (true);
grant select (agency_id, verify_code) on credentials.certificate to asah_worker;
