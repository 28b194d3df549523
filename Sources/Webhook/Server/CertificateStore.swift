import Inputs
import NIOCore
package import NIOSSL
import SwiftASN1
import Synchronization
import X509

/// Where the server's certificate is, in cert-manager's layout.
package struct CertificateFiles: Sendable {
    /// The chain, PEM, the server's own certificate first.
    package var certificate: String
    package var key: String
    /// Authorities that vouch for clients, PEM; nil when clients need no certificate.
    package var clientAuthority: String?

    package init(certificate: String, key: String, clientAuthority: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.clientAuthority = clientAuthority
    }

    var paths: [String] { [certificate, key] + (clientAuthority.map { [$0] } ?? []) }
}

/// Why a certificate cannot be served.
package struct CertificateProblem: Error, Sendable {
    package var message: String
}

/// The certificate of the moment. New connections take it from here, so those that exist never notice a change.
package final class CertificateStore: Sendable {
    private struct State {
        var context: NIOSSLContext
        var expiry: Int64
    }

    package let files: CertificateFiles
    private let state: Mutex<State>

    package init(_ files: CertificateFiles) throws(CertificateProblem) {
        self.files = files
        state = Mutex(try Self.load(files))
    }

    /// What the next connection uses.
    package var context: NIOSSLContext { state.withLock { $0.context } }
    /// When the certificate ends, in seconds since 1970.
    package var expiry: Int64 { state.withLock { $0.expiry } }

    /// Reads the files again; what is served stays as it is when they do not fit together.
    package func reload() throws(CertificateProblem) {
        let new = try Self.load(files)
        state.withLock { $0 = new }
    }

    private static func load(_ files: CertificateFiles) throws(CertificateProblem) -> State {
        let chain = try certificates(files.certificate)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(try key(files.key)))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        // A peer that does not answer the end of the connection, as clients do that keep it for later, is not waited for.
        configuration.shutdownTimeout = .milliseconds(500)
        if let path = files.clientAuthority {
            configuration.trustRoots = .certificates(try certificates(path))
            configuration.certificateVerification = .optionalVerification
        }
        do {
            // BoringSSL refuses a key that is not the certificate's.
            let context = try NIOSSLContext(configuration: configuration)
            return State(context: context, expiry: Int64(chain[0].notValidAfter))
        } catch {
            throw CertificateProblem(message: "\(files.certificate) and \(files.key) cannot be used: \(error)")
        }
    }

    private static func certificates(_ path: String) throws(CertificateProblem) -> [NIOSSLCertificate] {
        let bytes = try read(path)
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(bytes), !chain.isEmpty else {
            throw CertificateProblem(message: "\(path) holds no PEM certificate")
        }
        return chain
    }

    private static func key(_ path: String) throws(CertificateProblem) -> NIOSSLPrivateKey {
        guard let key = try? NIOSSLPrivateKey(bytes: try read(path), format: .pem) else {
            throw CertificateProblem(message: "\(path) holds no PEM private key")
        }
        return key
    }

    private static func read(_ path: String) throws(CertificateProblem) -> [UInt8] {
        do { return try FileSystem.read(path, limit: 1 << 20) } catch {
            throw CertificateProblem(message: "cannot read \(path): \(error.reason)")
        }
    }
}

/// The names of clients that may ask, as the API server's certificate bears them.
package struct ClientNames: Sendable {
    private let names: Set<String>

    /// Everybody whom the authority vouches for when there are no names.
    package init(_ names: [String]) { self.names = Set(names) }

    /// Whether the common name or a DNS name of a verified certificate is among the names.
    func allows(_ certificate: NIOSSLCertificate) -> Bool {
        if names.isEmpty { return true }
        guard let bytes = try? certificate.toDERBytes(), let parsed = try? Certificate(derEncoded: bytes) else { return false }
        for relative in parsed.subject {
            for attribute in relative where attribute.type == .RDNAttributeType.commonName {
                if names.contains(attribute.value.description) { return true }
            }
        }
        for name in (try? parsed.extensions.subjectAlternativeNames) ?? SubjectAlternativeNames([]) {
            if case .dnsName(let text) = name, names.contains(text) { return true }
        }
        return false
    }
}
