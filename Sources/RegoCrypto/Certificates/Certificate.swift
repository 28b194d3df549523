/// An X.509 certificate taken apart (RFC 5280).
struct Certificate {
    struct Extension {
        var oid: [Int]
        var isCritical: Bool
        var value: ArraySlice<UInt8>
    }

    struct Name {
        var bytes: ArraySlice<UInt8>
        var attributes: [(type: [Int], value: String)]

        init(_ value: DERValue) throws(DERValue.Malformed) {
            bytes = value.bytes
            attributes = []
            for set in try value.children() {
                for attribute in try set.children(DERValue.Tag.set) {
                    let parts = try attribute.children()
                    guard parts.count == 2 else { throw DERValue.Malformed() }
                    attributes.append((try parts[0].oid(), parts[1].text))
                }
            }
        }

        func values(_ type: [Int]) -> [String] { attributes.filter { $0.type == type }.map(\.value) }
    }

    /// What names a subject may have besides its distinguished name.
    struct AlternativeNames {
        var dns: [String] = [], emails: [String] = [], uris: [String] = [], addresses: [[UInt8]] = []
    }

    let bytes: ArraySlice<UInt8>
    let tbs: ArraySlice<UInt8>
    let version: Int
    let serial: DERValue
    let signatureOID: [Int]
    let signatureParameters: DERValue?
    let issuer: Name
    let subject: Name
    /// In the form 2006-01-02T15:04:05Z.
    let notBefore: String
    let notAfter: String
    let publicKeyInfo: DERValue
    let signature: ArraySlice<UInt8>
    private(set) var extensions: [Extension] = []

    // Read from extensions.
    private(set) var keyUsage = 0
    private(set) var extendedKeyUsage: [[Int]] = []
    private(set) var hasBasicConstraints = false
    private(set) var isAuthority = false
    private(set) var pathLength: Int?
    private(set) var names = AlternativeNames()
    private(set) var subjectKeyID: ArraySlice<UInt8>?
    private(set) var authorityKeyID: ArraySlice<UInt8>?
    private(set) var ocspServers: [String] = []
    private(set) var issuingURLs: [String] = []
    private(set) var distributionPoints: [String] = []
    private(set) var policies: [[Int]] = []
    private(set) var permitted = NameConstraints(), excluded = NameConstraints()
    private(set) var isConstraintCritical = false
    private(set) var unhandledCritical: [[Int]] = []

    init(_ value: DERValue) throws(DERValue.Malformed) {
        let parts = try value.children()
        guard parts.count == 3 else { throw DERValue.Malformed() }
        bytes = value.bytes
        tbs = parts[0].bytes
        signature = try parts[2].bits()
        let algorithm = try parts[1].children()
        guard let algorithmOID = algorithm.first else { throw DERValue.Malformed() }
        signatureOID = try algorithmOID.oid()
        signatureParameters = algorithm.dropFirst().first
        var fields = try parts[0].children()[...]
        if let first = fields.first, first.tag == DERValue.Tag.context(0) {
            version = try (first.children(first.tag).first?.small() ?? 0) + 1
            fields.removeFirst()
        } else {
            version = 1
        }
        let body = Array(fields)
        // What is signed names the algorithm as the signature does.
        guard body.count >= 6, body[1].bytes.elementsEqual(parts[1].bytes) else { throw DERValue.Malformed() }
        serial = body[0]
        _ = try serial.unsigned()
        issuer = try Name(body[2])
        let validity = try body[3].children()
        guard validity.count == 2, let start = Self.time(validity[0]), let end = Self.time(validity[1]) else {
            throw DERValue.Malformed()
        }
        (notBefore, notAfter) = (start, end)
        subject = try Name(body[4])
        publicKeyInfo = body[5]
        if let list = body.dropFirst(6).first(where: { $0.tag == DERValue.Tag.context(3) }),
            let sequence = try list.children(list.tag).first
        {
            extensions = try Self.extensions(sequence)
            for item in extensions { try read(item) }
        }
    }

    static func extensions(_ sequence: DERValue) throws(DERValue.Malformed) -> [Extension] {
        var extensions: [Extension] = []
        for item in try sequence.children() {
            let parts = try item.children()
            guard parts.count >= 2, let value = parts.last else { throw DERValue.Malformed() }
            let isCritical = parts.count == 3 && parts[1].contents.first != 0
            extensions.append(Extension(oid: try parts[0].oid(), isCritical: isCritical, value: value.contents))
        }
        return extensions
    }

    private static func time(_ value: DERValue) -> String? {
        var digits = value.text
        guard digits.hasSuffix("Z") else { return nil }
        digits.removeLast()
        if value.tag == DERValue.Tag.utcTime {
            guard let year = Int(digits.prefix(2)) else { return nil }
            digits = (year >= 50 ? "19" : "20") + digits
            if digits.count == 12 { digits += "00" }
        }
        guard digits.count == 14, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        let d = Array(digits)
        func part(_ range: Range<Int>) -> String { String(d[range]) }
        return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z"
    }

    private mutating func read(_ item: Extension) throws(DERValue.Malformed) {
        // The value of an extension nobody here knows need not be DER: keyless signing writes plain texts.
        guard Self.knownExtensions.contains(item.oid) else {
            if item.isCritical { unhandledCritical.append(item.oid) }
            return
        }
        let value = try DERValue(only: item.value)
        switch item.oid {
        case [2, 5, 29, 15]:
            for (index, byte) in try value.bits().prefix(2).enumerated() {
                for bit in 0..<8 where byte & 0x80 >> bit != 0 { keyUsage |= 1 << (index * 8 + bit) }
            }
        case [2, 5, 29, 37]: extendedKeyUsage = try value.children().map { v throws(DERValue.Malformed) in try v.oid() }
        case [2, 5, 29, 19]:
            hasBasicConstraints = true
            for part in try value.children() {
                if part.tag == DERValue.Tag.boolean { isAuthority = part.contents.first != 0 }
                if part.tag == DERValue.Tag.integer { pathLength = try part.small() }
            }
        case [2, 5, 29, 17]: names = try Self.alternativeNames(value)
        case [2, 5, 29, 14]: subjectKeyID = value.contents
        case [2, 5, 29, 35]: authorityKeyID = try value.children().first { $0.tag == 0x80 }?.contents
        case [1, 3, 6, 1, 5, 5, 7, 1, 1]:
            for description in try value.children() {
                let parts = try description.children()
                guard parts.count == 2, parts[1].tag == 0x86 else { continue }
                switch try parts[0].oid() {
                case [1, 3, 6, 1, 5, 5, 7, 48, 1]: ocspServers.append(parts[1].text)
                case [1, 3, 6, 1, 5, 5, 7, 48, 2]: issuingURLs.append(parts[1].text)
                default: break
                }
            }
        case [2, 5, 29, 31]: try readDistributionPoints(value)
        case [2, 5, 29, 32]:
            for policy in try value.children() {
                if let oid = try policy.children().first?.oid() { policies.append(oid) }
            }
        case [2, 5, 29, 30]:
            isConstraintCritical = item.isCritical
            for part in try value.children() {
                let names = try NameConstraints(part.children(part.tag))
                if part.tag == DERValue.Tag.context(0) { permitted = names } else { excluded = names }
            }
        default: break
        }
    }

    /// The names that certificates below may have, or not (RFC 5280, section 4.2.1.10).
    struct NameConstraints {
        var domains: [String] = [], emails: [String] = [], uris: [String] = []
        var ranges: [(address: [UInt8], mask: [UInt8])] = []

        init() {}

        init(_ trees: [DERValue]) throws(DERValue.Malformed) {
            for tree in trees {
                guard let base = try tree.children().first else { throw DERValue.Malformed() }
                switch base.tag {
                case 0x81: emails.append(base.text)
                case 0x82: domains.append(base.text)
                case 0x86: uris.append(base.text)
                case 0x87:
                    let half = base.contents.count / 2
                    ranges.append((Array(base.contents.prefix(half)), Array(base.contents.suffix(half))))
                default: break
                }
            }
        }
    }

    private static let knownExtensions: Set<[Int]> = [
        [2, 5, 29, 14], [2, 5, 29, 15], [2, 5, 29, 17], [2, 5, 29, 19], [2, 5, 29, 31], [2, 5, 29, 32], [2, 5, 29, 35],
        [2, 5, 29, 37], [2, 5, 29, 30], [1, 3, 6, 1, 5, 5, 7, 1, 1],
    ]

    private mutating func readDistributionPoints(_ value: DERValue) throws(DERValue.Malformed) {
        for point in try value.children() {
            for part in try point.children() where part.tag == DERValue.Tag.context(0) {
                for full in try part.children(part.tag) where full.tag == DERValue.Tag.context(0) {
                    distributionPoints += try full.children(full.tag).filter { $0.tag == 0x86 }.map(\.text)
                }
            }
        }
    }

    static func alternativeNames(_ value: DERValue) throws(DERValue.Malformed) -> AlternativeNames {
        var names = AlternativeNames()
        for name in try value.children() {
            switch name.tag {
            case 0x81: names.emails.append(name.text)
            case 0x82: names.dns.append(name.text)
            case 0x86: names.uris.append(name.text)
            case 0x87: names.addresses.append(Array(name.contents))
            default: break
            }
        }
        return names
    }

    // MARK: Signatures

    /// The number Go gives a signature algorithm, and what it is made of.
    static func algorithm(_ oid: [Int], _ parameters: DERValue?) -> (number: Int, algorithm: SignatureAlgorithm?) {
        switch oid {
        case [1, 2, 840, 113549, 1, 1, 5]: return (3, .init(scheme: .rsa, digest: .sha1))
        case [1, 2, 840, 113549, 1, 1, 11]: return (4, .init(scheme: .rsa, digest: .sha256))
        case [1, 2, 840, 113549, 1, 1, 12]: return (5, .init(scheme: .rsa, digest: .sha384))
        case [1, 2, 840, 113549, 1, 1, 13]: return (6, .init(scheme: .rsa, digest: .sha512))
        case [1, 2, 840, 10045, 4, 1]: return (9, .init(scheme: .ecdsa, digest: .sha1))
        case [1, 2, 840, 10045, 4, 3, 2]: return (10, .init(scheme: .ecdsa, digest: .sha256))
        case [1, 2, 840, 10045, 4, 3, 3]: return (11, .init(scheme: .ecdsa, digest: .sha384))
        case [1, 2, 840, 10045, 4, 3, 4]: return (12, .init(scheme: .ecdsa, digest: .sha512))
        case [1, 3, 101, 112]: return (16, .init(scheme: .ed25519, digest: .sha512))
        case [1, 2, 840, 113549, 1, 1, 10]:
            let hash = try? parameters?.children().first?.children(DERValue.Tag.context(0)).first?.children().first?.oid()
            switch hash {
            case [2, 16, 840, 1, 101, 3, 4, 2, 1]: return (13, .init(scheme: .rsaPSS, digest: .sha256))
            case [2, 16, 840, 1, 101, 3, 4, 2, 2]: return (14, .init(scheme: .rsaPSS, digest: .sha384))
            case [2, 16, 840, 1, 101, 3, 4, 2, 3]: return (15, .init(scheme: .rsaPSS, digest: .sha512))
            default: return (0, nil)
            }
        default: return (0, nil)
        }
    }

    /// Whether `issuer` signed this certificate. SHA-1 is not accepted, as in Go.
    func isSigned(by issuer: Certificate) -> Bool {
        guard let algorithm = Self.algorithm(signatureOID, signatureParameters).algorithm, algorithm.digest != .sha1,
            let key = try? PublicKey(spki: issuer.publicKeyInfo)
        else { return false }
        return key.verifies(Array(signature), of: Array(tbs), algorithm, isDER: true)
    }

    /// Certificates one after the other.
    static func all(_ der: some Collection<UInt8>) throws(DERValue.Malformed) -> [Certificate] {
        var rest = Array(der)[...]
        var certificates: [Certificate] = []
        while !rest.isEmpty { certificates.append(try Certificate(try DERValue(&rest))) }
        return certificates
    }
}
