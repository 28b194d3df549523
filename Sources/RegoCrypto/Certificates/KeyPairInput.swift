import Text

/// A certificate and its key as Go's `tls.X509KeyPair` reads them, with OPA's steps before it: PEM, or Base64 of PEM or DER.
enum KeyPairInput {
    /// The certificates, at least one, and the first private key.
    static func read(_ certificate: String, _ key: String) throws(InputProblem) -> ([Certificate], PrivateKey) {
        let certificateBlocks = try blocks(certificate, bare: "CERTIFICATE")
        let keyBlocks = try blocks(key, bare: "PRIVATE KEY")
        let chosen = certificateBlocks.filter { $0.type == "CERTIFICATE" }
        if chosen.isEmpty { throw noCertificate(certificateBlocks.map(\.type)) }
        guard let block = keyBlocks.first(where: { isPrivate($0.type) }) else { throw noKey(keyBlocks.map(\.type)) }
        var certificates: [Certificate] = []
        for block in chosen {
            guard let found = try? Certificate.all(block.bytes), !found.isEmpty else {
                throw InputProblem(message: "x509: malformed certificate")
            }
            certificates += found
        }
        let parsed = [block.type, "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"].lazy
            .compactMap { try? PrivateKey(PEMBlock(type: $0, bytes: block.bytes)) }.first
        guard let parsed else { throw InputProblem(message: "tls: failed to parse private key") }
        return (certificates, parsed)
    }

    private static func isPrivate(_ type: String) -> Bool { type == "PRIVATE KEY" || type.hasSuffix(" PRIVATE KEY") }

    private static func blocks(_ text: String, bare type: String) throws(InputProblem) -> [PEMBlock] {
        if text.hasPrefix("-----BEGIN ") { return PEMBlock.all(text) }
        let bytes: [UInt8]
        do { bytes = try Base64.decode(text.utf8) } catch { throw InputProblem(message: error.message) }
        let isPEM = bytes.starts(with: "-----BEGIN ".utf8)
        return isPEM ? PEMBlock.all(String(decoding: bytes, as: UTF8.self)) : [PEMBlock(type: type, bytes: bytes)]
    }

    private static func noCertificate(_ passed: [String]) -> InputProblem {
        if passed.isEmpty { return InputProblem(message: "tls: failed to find any PEM data in certificate input") }
        if passed.count == 1, isPrivate(passed[0]) {
            return InputProblem(
                message: "tls: failed to find certificate PEM data in certificate input, but did find a private key; "
                    + "PEM inputs may have been switched")
        }
        return InputProblem(
            message: "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the "
                + "following types: [\(passed.joined(separator: " "))]")
    }

    private static func noKey(_ passed: [String]) -> InputProblem {
        if passed.isEmpty { return InputProblem(message: "tls: failed to find any PEM data in key input") }
        if passed == ["CERTIFICATE"] {
            return InputProblem(message: "tls: found a certificate rather than a key in the PEM for the private key")
        }
        return InputProblem(
            message: "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after skipping PEM "
                + "blocks of the following types: [\(passed.joined(separator: " "))]")
    }
}
