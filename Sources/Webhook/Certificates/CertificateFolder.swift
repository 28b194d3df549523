import FoundationEssentials
import Inputs
import SwiftASN1
import X509

/// Why certificates could not be made or used.
package struct CertificateFailure: Error, Sendable {
    /// One sentence without a full stop.
    package var message: String

    init(_ message: String) { self.message = message }
    init(_ error: FileError, writing: Bool) {
        message = "cannot \(writing ? "write" : "read") \(error.path): \(error.reason)"
    }
}

/// The certificates of a webhook in a folder, under the names cert-manager gives them: `tls.crt`, `tls.key`, `ca.crt`,
/// and `ca.key` beside them.
package struct CertificateFolder: Sendable {
    /// What to make.
    package struct Request: Sendable {
        /// DNS names and addresses the server is called by.
        package var names: [String]
        package var days: Int
        package var authorityDays: Int

        package init(names: [String], days: Int = 90, authorityDays: Int = 3650) {
            self.names = names
            self.days = days
            self.authorityDays = authorityDays
        }
    }

    /// What is known about one certificate of the folder.
    package struct Entry: Sendable {
        package var file: String
        package var subject: String
        package var names: [String]
        /// Seconds since 1970.
        package var expires: Int
    }

    package let path: String
    /// Seconds since 1970.
    private let now: Int

    package init(_ path: String, now: Int) {
        self.path = path
        self.now = now
    }

    private var date: Date { Date(timeIntervalSince1970: Double(now)) }

    // MARK: Making

    /// Makes a CA and a serving certificate; a CA that is there already is replaced only when asked for, as nothing that
    /// trusts the old one would trust what the new one signs.
    package func create(_ request: Request, replacing: Bool) throws(CertificateFailure) {
        if !replacing {
            for name in ["ca.key", "ca.crt"] where (try? FileSystem.status(of: file(name))) != nil {
                throw CertificateFailure("\(file(name)) is there already: rotate it, or replace it with --force")
            }
        }
        let authority = try make { try CertificateAuthority.make(name: authorityName, days: request.authorityDays, now: date) }
        let serving = try make {
            try CertificateAuthority.issue(names: request.names, by: authority, days: request.days, now: date)
        }
        try writeAuthority(authority, trusting: [])
        try writeServing(serving)
    }

    /// Makes a new serving certificate, by default for the names of the old one.
    package func rotate(names: [String], days: Int) throws(CertificateFailure) {
        let authority = try authority()
        if authority.certificate.notValidAfter <= date {
            throw CertificateFailure("the CA in \(file("ca.crt")) has expired: rotate it too, with --ca")
        }
        let names = try names.isEmpty ? currentNames() : names
        try writeServing(try make { try CertificateAuthority.issue(names: names, by: authority, days: days, now: date) })
    }

    /// Makes a new CA and a serving certificate it signs. `ca.crt` goes on to hold the old CA, so that clients who trust
    /// the file accept replicas with either certificate meanwhile.
    package func rotateAuthority(_ request: Request) throws(CertificateFailure) {
        let old = try trusted()
        let names = try request.names.isEmpty ? currentNames() : request.names
        let authority = try make { try CertificateAuthority.make(name: authorityName, days: request.authorityDays, now: date) }
        let serving = try make { try CertificateAuthority.issue(names: names, by: authority, days: request.days, now: date) }
        // Of the old ones, the newest that is still good.
        let kept = old.filter { $0.notValidAfter > date }.prefix(1)
        try writeAuthority(authority, trusting: Array(kept))
        try writeServing(serving)
    }

    /// Takes all CAs out of `ca.crt` but the one that signs; how many.
    package func forgetOldAuthorities() throws(CertificateFailure) -> Int {
        let all = try trusted()
        let current = try authority().certificate
        try write("ca.crt", try pem([current]), mode: 0o644)
        return all.count - 1
    }

    // MARK: Reading

    /// Base64 of the CA certificates, as a webhook configuration has them in `caBundle`.
    package func bundle() throws(CertificateFailure) -> String {
        Data(try pem(try trusted()).utf8).base64EncodedString()
    }

    /// All certificates of the folder after making sure that they belong together: the key fits and a trusted CA has
    /// signed what is served.
    package func entries() throws(CertificateFailure) -> [Entry] {
        let chain = try certificates("tls.crt"), trusted = try trusted()
        let key = try privateKey("tls.key")
        guard key.publicKey == chain[0].publicKey else {
            throw CertificateFailure("\(file("tls.key")) is not the key of \(file("tls.crt"))")
        }
        guard
            let issuer = trusted.first(where: {
                $0.subject == chain[0].issuer && $0.publicKey.isValidSignature(chain[0].signature, for: chain[0])
            })
        else { throw CertificateFailure("\(file("tls.crt")) is not signed by a CA of \(file("ca.crt"))") }
        return chain.prefix(1).map { entry($0, "tls.crt") } + [entry(issuer, "ca.crt")]
            + trusted.filter { $0 != issuer }.map { entry($0, "ca.crt") }
    }

    private func entry(_ certificate: Certificate, _ name: String) -> Entry {
        Entry(
            file: file(name), subject: "\(certificate.subject)", names: CertificateAuthority.names(of: certificate),
            expires: Int(certificate.notValidAfter.timeIntervalSince1970))
    }

    private func currentNames() throws(CertificateFailure) -> [String] {
        let names = CertificateAuthority.names(of: try certificates("tls.crt")[0])
        if names.isEmpty { throw CertificateFailure("\(file("tls.crt")) has no names: give them with --dns") }
        return names
    }

    private func authority() throws(CertificateFailure) -> KeyPair {
        let key = try privateKey("ca.key")
        guard let certificate = try trusted().first(where: { $0.publicKey == key.publicKey }) else {
            throw CertificateFailure("\(file("ca.key")) is the key of no certificate in \(file("ca.crt"))")
        }
        return KeyPair(certificate: certificate, key: key)
    }

    private func trusted() throws(CertificateFailure) -> [Certificate] { try certificates("ca.crt") }

    private func certificates(_ name: String) throws(CertificateFailure) -> [Certificate] {
        let text = try read(name)
        do {
            let found = try PEMDocument.parseMultiple(pemString: text).filter { $0.discriminator == "CERTIFICATE" }
                .map { try Certificate(pemDocument: $0) }
            if !found.isEmpty { return found }
        } catch {
            throw CertificateFailure("\(file(name)) cannot be read as certificates: \(error)")
        }
        throw CertificateFailure("\(file(name)) holds no certificate")
    }

    private func privateKey(_ name: String) throws(CertificateFailure) -> Certificate.PrivateKey {
        let text = try read(name)
        do { return try Certificate.PrivateKey(pemEncoded: text) } catch {
            throw CertificateFailure("\(file(name)) cannot be read as a private key")
        }
    }

    // MARK: Files

    /// Tells CAs of one folder apart, as they stand side by side in a bundle.
    private var authorityName: String { "lintel webhook CA \(now)" }

    private func file(_ name: String) -> String { FilePath.join(path, name) }

    private func read(_ name: String) throws(CertificateFailure) -> String {
        do throws(FileError) { return String(decoding: try FileSystem.read(file(name), limit: 1 << 20), as: UTF8.self) } catch {
            throw CertificateFailure(error, writing: false)
        }
    }

    private func write(_ name: String, _ text: String, mode: UInt32) throws(CertificateFailure) {
        do throws(FileError) { try FileSystem.replace(file(name), with: Array(text.utf8), mode: mode) } catch {
            throw CertificateFailure(error, writing: true)
        }
    }

    private func writeAuthority(_ pair: KeyPair, trusting others: [Certificate]) throws(CertificateFailure) {
        try write("ca.key", try pem(pair.key), mode: 0o600)
        try write("ca.crt", try pem([pair.certificate] + others), mode: 0o644)
    }

    private func writeServing(_ pair: KeyPair) throws(CertificateFailure) {
        try write("tls.key", try pem(pair.key), mode: 0o600)
        try write("tls.crt", try pem([pair.certificate]), mode: 0o644)
    }

    private func pem(_ certificates: [Certificate]) throws(CertificateFailure) -> String {
        try make { try certificates.map { try $0.serializeAsPEM().pemString + "\n" }.joined() }
    }

    private func pem(_ key: Certificate.PrivateKey) throws(CertificateFailure) -> String {
        try make { try key.serializeAsPEM().pemString + "\n" }
    }

    private func make<Result>(_ body: () throws -> Result) throws(CertificateFailure) -> Result {
        do { return try body() } catch { throw CertificateFailure("the certificate cannot be made: \(error)") }
    }
}
