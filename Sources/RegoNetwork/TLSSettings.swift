import Documents
import GoLibrary
import NIOSSL
import RegoRuntime

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a request says of TLS: the members that begin with `tls_`.
struct TLSSettings {
    var serverName: String?
    private var usesSystemRoots: Bool?
    private var isUnverified = false
    private var authorities: [String] = []
    private var certificate: String?
    private var key: String?
    private(set) var configuration: TLSConfiguration?

    mutating func set(
        _ name: String, _ text: String, _ value: Value, _ environment: [String: String]
    ) throws(HTTPSendRequest.Problem) {
        switch name {
        case "tls_server_name": serverName = text.isEmpty ? nil : text
        case "tls_use_system_certs": usesSystemRoots = try HTTPSendRequest.goBool(value)
        case "tls_insecure_skip_verify": isUnverified = try HTTPSendRequest.goBool(value)
        default:
            if text.isEmpty { return }
            var content = text
            if name.hasSuffix("_file") {
                content = try Self.read(text)
            } else if name.hasSuffix("_env_variable") {
                guard let variable = environment[text] else {
                    throw .other("the environment variable \(GoText.quoted(text)) is not set or not allowed")
                }
                content = variable
            }
            if name.hasPrefix("tls_ca_cert") {
                authorities.append(content)
            } else if name.hasPrefix("tls_client_cert") {
                certificate = content
            } else {
                key = content
            }
        }
    }

    /// Makes the configuration; none when the request says nothing that matters.
    mutating func finish() throws(HTTPSendRequest.Problem) {
        let isPlain = authorities.isEmpty && certificate == nil && key == nil
        if isPlain, !isUnverified, usesSystemRoots != false { return }
        var settings = TLSConfiguration.makeClientConfiguration()
        if isUnverified { settings.certificateVerification = .none }
        do {
            let roots = try authorities.flatMap { text throws(HTTPSendRequest.Problem) -> [NIOSSLCertificate] in
                guard let roots = try? NIOSSLCertificate.fromPEMBytes(Array(text.utf8)), !roots.isEmpty else {
                    throw .other("could not append certificates")
                }
                return roots
            }
            if usesSystemRoots == true {
                settings.additionalTrustRoots = [.certificates(roots)]
            } else if !roots.isEmpty || usesSystemRoots == false {
                settings.trustRoots = .certificates(roots)
            }
            if let certificate, let key {
                settings.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) }
                settings.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))
            }
        } catch let problem as HTTPSendRequest.Problem { throw problem } catch {
            throw .other("tls: failed to find any PEM data in certificate input")
        }
        configuration = settings
    }

    private static let largestFile = 1 << 20

    private static func read(_ path: String) throws(HTTPSendRequest.Problem) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .other("open \(path): \(String(cString: strerror(errno)).lowercased())") }
        defer { close(descriptor) }
        let bytes = [UInt8](unsafeUninitializedCapacity: largestFile) { buffer, count in
            var used = 0
            while used < buffer.count {
                #if canImport(Glibc)
                    let got = Glibc.read(descriptor, buffer.baseAddress! + used, buffer.count - used)
                #else
                    let got = Darwin.read(descriptor, buffer.baseAddress! + used, buffer.count - used)
                #endif
                if got <= 0 { break }
                used += got
            }
            count = used
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
