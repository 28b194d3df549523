import Text

/// Checks that a leaf certificate is trusted through intermediates by a root (RFC 5280, section 6, as Go's
/// `Certificate.Verify`).
struct ChainVerifier {
    /// What the caller may ask for (OPA policy reference, "parse_and_verify_certificates_with_options").
    struct Options {
        var dnsName = ""
        /// Nanoseconds since 1970.
        var time: Int64
        /// Accepted extended usages as Go numbers them; empty accepts server authentication, 0 any.
        var usages: [Int] = []
    }

    let root: Certificate
    let intermediates: [Certificate]
    let options: Options
    private let now: String
    /// Signatures checked so far; a bound on what hostile bundles cost.
    private var signatures = 0

    init(root: Certificate, intermediates: [Certificate], options: Options) {
        (self.root, self.intermediates, self.options) = (root, intermediates, options)
        let time = UTCTime(seconds: Int(options.time / 1_000_000_000))
        now = time.date + time.clock
    }

    /// The chain from leaf to root, or nil.
    mutating func chain(for leaf: Certificate) -> [Certificate]? {
        guard isAcceptable(leaf), options.dnsName.isEmpty || Self.matches(options.dnsName, leaf) else { return nil }
        if leaf.bytes.elementsEqual(root.bytes) { return fitsUsage([leaf]) ? [leaf] : nil }
        return extend([leaf])
    }

    private mutating func extend(_ chain: [Certificate]) -> [Certificate]? {
        guard chain.count < 16, let last = chain.last else { return nil }
        if last.bytes.elementsEqual(root.bytes), chain.count > 1 { return chain }
        for candidate in [root] + intermediates {
            guard WorkMeter.charge(50) else { return nil }
            guard candidate.subject.bytes.elementsEqual(last.issuer.bytes),
                !chain.contains(where: { $0.bytes.elementsEqual(candidate.bytes) }),
                mayIssue(candidate, below: chain.count - 1), isAcceptable(candidate), fitsUsage(chain + [candidate])
            else { continue }
            signatures += 1
            guard signatures <= 100, WorkMeter.charge(20_000), last.isSigned(by: candidate) else { continue }
            if candidate.bytes.elementsEqual(root.bytes) { return chain + [candidate] }
            if let complete = extend(chain + [candidate]) { return complete }
        }
        return nil
    }

    private func isAcceptable(_ certificate: Certificate) -> Bool {
        func digits(_ time: String) -> String { time.filter(\.isNumber) }
        return digits(certificate.notBefore) <= now && now <= digits(certificate.notAfter)
            && certificate.unhandledCritical.isEmpty
    }

    /// Whether the certificate may sign others with `count` intermediates between it and the leaf.
    private func mayIssue(_ certificate: Certificate, below count: Int) -> Bool {
        if certificate.version == 3, !certificate.hasBasicConstraints || !certificate.isAuthority { return false }
        if certificate.keyUsage != 0, certificate.keyUsage & 1 << 5 == 0 { return false }
        return certificate.pathLength.map { count <= $0 } ?? true
    }

    private func fitsUsage(_ chain: [Certificate]) -> Bool {
        let wanted = options.usages.isEmpty ? [1] : options.usages
        if wanted.contains(0) { return true }
        return wanted.contains { usage in
            chain.allSatisfy { certificate in
                let allowed = certificate.extendedKeyUsage.compactMap(CertificateWriter.extendedUsage)
                return certificate.extendedKeyUsage.isEmpty || allowed.contains(0) || allowed.contains(usage)
            }
        }
    }

    /// Whether a host name is one of the certificate's, where `*` stands for a first label.
    private static func matches(_ host: String, _ certificate: Certificate) -> Bool {
        let host = host.lowercased()
        return certificate.names.dns.contains { name in
            let name = name.lowercased()
            if name == host { return true }
            guard name.hasPrefix("*."), let dot = host.firstIndex(of: ".") else { return false }
            return host[dot...] == name.dropFirst()
        }
    }
}
