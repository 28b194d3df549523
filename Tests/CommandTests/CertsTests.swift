import Foundation
import Testing

/// `lintel certs` from making to rotating; what it makes is judged by `openssl` where that is installed.
@Suite struct CertsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func certs(_ arguments: String...) throws -> LintelRun { try LintelRun(["certs"] + arguments, in: folder.url) }

    private func text(_ name: String) throws -> String {
        try String(contentsOf: folder.url.appendingPathComponent("c/\(name)"), encoding: .utf8)
    }

    private func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.url.appendingPathComponent("c/\(name)").path)
        return attributes[.posixPermissions] as? Int ?? 0
    }

    private func openssl(_ arguments: String...) throws -> String? {
        let path = "/usr/bin/openssl"
        guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
        let process = Process(), pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder.url
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return output
    }

    @Test func create() throws {
        let run = try certs("create", "--dir", "c")
        #expect(run.code == 0)
        #expect(
            run.output == "made c/ca.crt and c/tls.crt for lintel.lintel-system.svc, lintel.lintel-system.svc.cluster.local\n")
        #expect(try mode("tls.key") == 0o600)
        #expect(try mode("ca.key") == 0o600)
        #expect(try mode("tls.crt") == 0o644)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.appendingPathComponent("c").path)
        #expect(names.sorted() == ["ca.crt", "ca.key", "tls.crt", "tls.key"])
        if let verified = try openssl(
            "verify", "-purpose", "sslserver", "-verify_hostname", "lintel.lintel-system.svc", "-CAfile", "c/ca.crt", "c/tls.crt")
        {
            #expect(verified == "c/tls.crt: OK\n")
            let details = try #require(try openssl("x509", "-in", "c/tls.crt", "-noout", "-text"))
            #expect(details.contains("NIST CURVE: P-256"))
            #expect(details.contains("DNS:lintel.lintel-system.svc, DNS:lintel.lintel-system.svc.cluster.local"))
        }
    }

    @Test func names() throws {
        #expect(try certs("create", "--dir", "c", "--dns", "hooks.example.org", "--dns", "127.0.0.1").code == 0)
        let check = try certs("check", "--dir", "c")
        #expect(check.code == 0)
        #expect(check.output.contains("for hooks.example.org, 127.0.0.1, until "))
        #expect(try certs("create", "--dir", "d", "--dns", "a b").code == 64)
    }

    @Test func keepsTheAuthority() throws {
        #expect(try certs("create", "--dir", "c").code == 0)
        let before = try text("ca.crt")
        let refused = try certs("create", "--dir", "c")
        #expect(refused.code == 2)
        #expect(refused.errors == "error: c/ca.key is there already: rotate it, or replace it with --force\n")
        #expect(try text("ca.crt") == before)
        #expect(try certs("create", "--dir", "c", "--force").code == 0)
        #expect(try text("ca.crt") != before)
    }

    @Test func rotate() throws {
        #expect(try certs("create", "--dir", "c", "--dns", "hooks.example.org", "--days", "10").code == 0)
        let (authority, certificate, key) = (try text("ca.crt"), try text("tls.crt"), try text("tls.key"))
        let early = try certs("check", "--dir", "c")
        #expect(early.code == 1)
        #expect(early.output.hasPrefix("c/tls.crt: expires soon: CN=hooks.example.org for hooks.example.org, until "))
        #expect(try certs("check", "--dir", "c", "--days", "5").code == 0)
        #expect(try certs("rotate", "--dir", "c").code == 0)
        #expect(try text("ca.crt") == authority)
        #expect(try text("tls.crt") != certificate)
        #expect(try text("tls.key") != key)
        let late = try certs("check", "--dir", "c")
        #expect(late.code == 0)
        #expect(late.output.hasPrefix("c/tls.crt: good: CN=hooks.example.org for hooks.example.org, until "))
    }

    /// Old and new CA are trusted side by side until the old one is dropped.
    @Test func rotateAuthority() throws {
        #expect(try certs("create", "--dir", "c").code == 0)
        let (old, oldCertificate) = (try text("ca.crt"), try text("tls.crt"))
        #expect(try certs("rotate", "--ca", "--dir", "c").code == 0)
        let both = try text("ca.crt")
        #expect(both.hasSuffix(old))
        #expect(both.components(separatedBy: "BEGIN CERTIFICATE").count == 3)
        #expect(try certs("check", "--dir", "c").code == 0)
        try folder.write(oldCertificate, to: "c/old.crt")
        if let verified = try openssl("verify", "-CAfile", "c/ca.crt", "c/old.crt", "c/tls.crt") {
            #expect(verified == "c/old.crt: OK\nc/tls.crt: OK\n")
        }
        #expect(try certs("rotate", "--drop-old-ca", "--dir", "c").code == 0)
        #expect(both.hasPrefix(try text("ca.crt")))
        #expect(try certs("check", "--dir", "c").code == 0)
        #expect(try certs("rotate", "--dir", "c").code == 0)
    }

    @Test func bundle() throws {
        #expect(try certs("create", "--dir", "c").code == 0)
        let run = try certs("ca-bundle", "--dir", "c")
        #expect(run.code == 0)
        let decoded = try #require(Data(base64Encoded: run.output.trimmingCharacters(in: .newlines)))
        #expect(String(decoding: decoded, as: UTF8.self) == (try text("ca.crt")))
        let manifest = """
            # the webhook
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            webhooks:
            - name: a.example
              clientConfig:
                url: https://a.example

            """
        try folder.write(manifest, to: "w.yaml")
        #expect(try certs("patch", "--dir", "c", "w.yaml").output == "w.yaml: 1 webhook\n")
        let patched = try String(contentsOf: folder.url.appendingPathComponent("w.yaml"), encoding: .utf8)
        #expect(patched == manifest.replacingOccurrences(of: "    url:", with: "    caBundle: \(run.output)    url:"))
        let piped = try LintelRun(["certs", "patch", "--dir", "c", "-"], in: folder.url, input: manifest)
        #expect(piped.output == patched)
    }

    @Test func brokenFolders() throws {
        let missing = try certs("check", "--dir", "none")
        #expect(missing.code == 2)
        #expect(missing.errors == "error: cannot read none/tls.crt: no such file or folder\n")
        #expect(try certs("create", "--dir", "c").code == 0)
        #expect(try certs("create", "--dir", "d").code == 0)
        try folder.write(try String(contentsOf: folder.url.appendingPathComponent("d/tls.key"), encoding: .utf8), to: "c/tls.key")
        #expect(try certs("check", "--dir", "c").errors == "error: c/tls.key is not the key of c/tls.crt\n")
        try folder.write(try String(contentsOf: folder.url.appendingPathComponent("d/tls.crt"), encoding: .utf8), to: "c/tls.crt")
        #expect(try certs("check", "--dir", "c").errors == "error: c/tls.crt is not signed by a CA of c/ca.crt\n")
        try folder.write("no certificate", to: "c/ca.crt")
        #expect(try certs("check", "--dir", "c").errors == "error: c/ca.crt holds no certificate\n")
        #expect(try certs("ca-bundle", "--dir", "c").code == 2)
    }
}
