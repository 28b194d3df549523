import Crypto
import Documents
import RegoRuntime
import Text

/// Builds objects with the members of Go's `x509.Certificate`, which is what OPA shows.
struct CertificateWriter {
    let arena: Arena

    func object(_ members: [(String, Value)]) -> Value {
        arena.object(members.map { ObjectEntry(key: arena.string($0.0), value: $0.1) })
    }

    func base64(_ bytes: some Collection<UInt8>) -> Value { arena.string(Base64.encode(Array(bytes))) }

    private func optional(_ bytes: ArraySlice<UInt8>?) -> Value { bytes.map { base64($0) } ?? .null }

    func texts(_ texts: [String]) -> Value {
        texts.isEmpty ? .null : arena.array(texts.map { arena.string($0) })
    }

    private func list(_ values: [Value]) -> Value { values.isEmpty ? .null : arena.array(values) }

    func oid(_ numbers: [Int]) -> Value { arena.array(numbers.map { .int($0) }) }

    func name(_ name: Certificate.Name) -> Value {
        func values(_ last: Int) -> [String] { name.values([2, 5, 4, last]) }
        let all = name.attributes.map { object([("Type", oid($0.type)), ("Value", arena.string($0.value))]) }
        return object([
            ("CommonName", arena.string(values(3).last ?? "")), ("SerialNumber", arena.string(values(5).last ?? "")),
            ("Country", texts(values(6))), ("Locality", texts(values(7))), ("Province", texts(values(8))),
            ("StreetAddress", texts(values(9))), ("Organization", texts(values(10))),
            ("OrganizationalUnit", texts(values(11))), ("PostalCode", texts(values(17))),
            ("Names", list(all)), ("ExtraNames", .null),
        ])
    }

    func publicKey(_ info: DERValue) -> (number: Int, value: Value) {
        switch try? PublicKey(spki: info) {
        case .rsa(let modulus, let exponent):
            return (
                1,
                object([
                    ("N", BigDecimal.value(modulus, in: arena)), ("E", BigDecimal.value(exponent, in: arena)),
                ])
            )
        case .p256(let key): return (3, point(Array(key.x963Representation)))
        case .p384(let key): return (3, point(Array(key.x963Representation)))
        case .p521(let key): return (3, point(Array(key.x963Representation)))
        case .ed25519(let key): return (4, base64(Array(key.rawRepresentation)))
        case nil: return (0, .null)
        }
    }

    private func point(_ bytes: [UInt8], d: [UInt8]? = nil) -> Value {
        let half = (bytes.count - 1) / 2
        var members: [(String, Value)] = [
            ("Curve", arena.object([ObjectEntry]())), ("X", BigDecimal.value(bytes[1...half], in: arena)),
            ("Y", BigDecimal.value(bytes[(half + 1)...], in: arena)),
        ]
        if let d { members.append(("D", BigDecimal.value(d, in: arena))) }
        return object(members)
    }

    /// Go's private key structures.
    func privateKey(_ key: PrivateKey) -> Value {
        func number(_ bytes: [UInt8]) -> Value { BigDecimal.value(bytes, in: arena) }
        switch key {
        case .rsa(let key):
            let computed = object([
                ("Dp", number(key.dp)), ("Dq", number(key.dq)), ("Qinv", number(key.qi)),
                ("CRTValues", arena.array([Value]())),
            ])
            return object([
                ("N", number(key.n)), ("E", number(key.e)), ("D", number(key.d)),
                ("Primes", arena.array([number(key.p), number(key.q)])), ("Precomputed", computed),
            ])
        case .p256(let key): return point(Array(key.publicKey.x963Representation), d: Array(key.rawRepresentation))
        case .p384(let key): return point(Array(key.publicKey.x963Representation), d: Array(key.rawRepresentation))
        case .p521(let key): return point(Array(key.publicKey.x963Representation), d: Array(key.rawRepresentation))
        case .ed25519(let key):
            return base64(Array(key.rawRepresentation) + Array(key.publicKey.rawRepresentation))
        }
    }

    private static let extendedUsages: [[Int]: Int] = {
        var numbers = [[2, 5, 29, 37, 0]: 0]
        for number in 1...9 { numbers[[1, 3, 6, 1, 5, 5, 7, 3, number]] = number }
        return numbers
    }()

    static func extendedUsage(_ oid: [Int]) -> Int? { extendedUsages[oid] }

    func extensions(_ extensions: [Certificate.Extension]) -> Value {
        list(
            extensions.map {
                object([("Id", oid($0.oid)), ("Critical", .bool($0.isCritical)), ("Value", base64($0.value))])
            })
    }

    private func address(_ bytes: [UInt8]) -> Value {
        let text =
            bytes.count == 4
            ? bytes.map { String($0) }.joined(separator: ".")
            : stride(from: 0, to: bytes.count - 1, by: 2)
                .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
        return arena.string(IPAddress(text.utf8)?.text ?? text)
    }

    func alternativeNames(_ names: Certificate.AlternativeNames) -> [(String, Value)] {
        return [
            ("DNSNames", texts(names.dns)), ("EmailAddresses", texts(names.emails)),
            ("IPAddresses", list(names.addresses.map(address))),
            ("URIs", list(names.uris.map { uri($0) })),
        ]
    }

    /// Go's `url.URL`.
    private func uri(_ text: String) -> Value {
        let parts = URIParts(text)
        return object([
            ("Scheme", arena.string(parts.scheme)), ("Opaque", arena.string(parts.opaque)), ("User", .null),
            ("Host", arena.string(parts.host)), ("Path", arena.string(parts.path)), ("RawPath", arena.string("")),
            ("OmitHost", .false), ("ForceQuery", .false), ("RawQuery", arena.string(parts.query)),
            ("Fragment", arena.string(parts.fragment)), ("RawFragment", arena.string("")),
        ])
    }

    func certificate(_ certificate: Certificate, addsTexts: Bool = true) -> Value {
        let key = publicKey(certificate.publicKeyInfo)
        let usages = certificate.extendedKeyUsage
        let serial = certificate.serial.contents
        var members: [(String, Value)] = [
            ("Raw", base64(certificate.bytes)), ("RawTBSCertificate", base64(certificate.tbs)),
            ("RawSubjectPublicKeyInfo", base64(certificate.publicKeyInfo.bytes)),
            ("RawSubject", base64(certificate.subject.bytes)), ("RawIssuer", base64(certificate.issuer.bytes)),
            ("Signature", base64(certificate.signature)),
            ("SignatureAlgorithm", .int(Certificate.algorithm(certificate.signatureOID, certificate.signatureParameters).number)),
            ("PublicKeyAlgorithm", .int(key.number)), ("PublicKey", key.value), ("Version", .int(certificate.version)),
            ("SerialNumber", BigDecimal.value(serial, in: arena)), ("Issuer", name(certificate.issuer)),
            ("Subject", name(certificate.subject)), ("NotBefore", arena.string(certificate.notBefore)),
            ("NotAfter", arena.string(certificate.notAfter)), ("KeyUsage", .int(certificate.keyUsage)),
            ("Extensions", extensions(certificate.extensions)), ("ExtraExtensions", .null),
            ("UnhandledCriticalExtensions", list(certificate.unhandledCritical.map(oid))),
            ("ExtKeyUsage", list(usages.compactMap(Self.extendedUsage).map { .int($0) })),
            ("UnknownExtKeyUsage", list(usages.filter { Self.extendedUsage($0) == nil }.map(oid))),
            ("BasicConstraintsValid", .bool(certificate.hasBasicConstraints)), ("IsCA", .bool(certificate.isAuthority)),
            ("MaxPathLen", .int(certificate.hasBasicConstraints ? certificate.pathLength ?? -1 : 0)),
            ("MaxPathLenZero", .bool(certificate.pathLength == 0)),
            ("SubjectKeyId", optional(certificate.subjectKeyID)),
            ("AuthorityKeyId", optional(certificate.authorityKeyID)),
            ("OCSPServer", texts(certificate.ocspServers)), ("IssuingCertificateURL", texts(certificate.issuingURLs)),
            ("CRLDistributionPoints", texts(certificate.distributionPoints)),
            ("PolicyIdentifiers", list(certificate.policies.map(oid))),
            ("Policies", texts(certificate.policies.map { $0.map(String.init).joined(separator: ".") })),
            ("PolicyMappings", .null),
            ("PermittedDNSDomainsCritical", .bool(certificate.isConstraintCritical)), ("InhibitAnyPolicy", .int(0)),
            ("InhibitAnyPolicyZero", .false),
            ("InhibitPolicyMapping", .int(0)), ("InhibitPolicyMappingZero", .false), ("RequireExplicitPolicy", .int(0)),
            ("RequireExplicitPolicyZero", .false),
        ]
        if addsTexts { members.append(("URIStrings", texts(certificate.names.uris))) }
        members += constraints(certificate.permitted, "Permitted") + constraints(certificate.excluded, "Excluded")
        return object(members + alternativeNames(certificate.names))
    }

    private func constraints(_ names: Certificate.NameConstraints, _ start: String) -> [(String, Value)] {
        let ranges = names.ranges.map { object([("IP", address($0.address)), ("Mask", base64($0.mask))]) }
        return [
            (start + "DNSDomains", texts(names.domains)), (start + "EmailAddresses", texts(names.emails)),
            (start + "IPRanges", list(ranges)), (start + "URIDomains", texts(names.uris)),
        ]
    }
}

/// The parts of a URI in a certificate.
private struct URIParts {
    var scheme = "", opaque = "", host = "", path = "", query = "", fragment = ""

    init(_ text: String) {
        var rest = text[...]
        if let hash = rest.firstIndex(of: "#") {
            fragment = String(rest[rest.index(after: hash)...])
            rest = rest[..<hash]
        }
        if let colon = rest.firstIndex(of: ":"), !rest[..<colon].contains("/") {
            scheme = rest[..<colon].lowercased()
            rest = rest[rest.index(after: colon)...]
        }
        if let mark = rest.firstIndex(of: "?") {
            query = String(rest[rest.index(after: mark)...])
            rest = rest[..<mark]
        }
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            let end = rest.firstIndex(of: "/") ?? rest.endIndex
            host = String(rest[..<end])
            rest = rest[end...]
        }
        if !scheme.isEmpty, host.isEmpty, !rest.hasPrefix("/") { opaque = String(rest) } else { path = String(rest) }
    }
}
