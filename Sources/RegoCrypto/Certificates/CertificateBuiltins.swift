import Crypto
import Documents
import RegoRuntime
import Text

extension RegoCrypto {
    private static let json = RegoType.object(.string, .any)
    private static let verified = RegoType.array(static: [.boolean, .array(of: json)], dynamic: nil)

    /// Certificates, requests and keys (OPA policy reference, "Crypto").
    static let certificates: [Builtin] = [
        Builtin(
            "crypto.x509.parse_certificates", help: "(certificates) The fields of the certificates in a PEM or Base64 text.",
            .string, returns: .array(of: json), work: .length(perKibibyte: 8192, base: 500)
        ) { call in
            guard let text = call.text(0) else { return .undefined }
            do throws(InputProblem) {
                let writer = CertificateWriter(arena: call.arena)
                return call.arena.array(try CertificateInput.certificates(text).map { writer.certificate($0) })
            } catch { return call.fail(error.message) }
        },
        Builtin(
            "crypto.x509.parse_and_verify_certificates",
            help: "(chain) Whether a chain of certificates, root first, verifies, and the parsed certificates.", .string,
            returns: verified, work: .length(perKibibyte: 8192, base: 500)
        ) { call in
            guard let text = call.text(0) else { return .undefined }
            return verify(text, ChainVerifier.Options(time: call.context.now), call)
        },
        Builtin(
            "crypto.x509.parse_and_verify_certificates_with_options",
            help: "(chain, options) As parse_and_verify_certificates, for a name, a time or certain uses.", .string, json,
            returns: verified, work: .length(perKibibyte: 8192, base: 500)
        ) { call in
            guard let text = call.text(0), let object = call.objectOperand(1) else { return .undefined }
            if (try? CertificateInput.certificates(text)) == nil { return unverified(in: call.arena) }
            guard let options = verifyOptions(object, &call) else { return .undefined }
            return verify(text, options, call, addsTexts: false)
        },
        Builtin(
            "crypto.x509.parse_certificate_request", help: "(request) The fields of a certificate signing request.", .string,
            returns: json, work: .length(perKibibyte: 8192, base: 500)
        ) { call in
            guard let text = call.text(0) else { return .undefined }
            do throws(InputProblem) {
                let der = try CertificateInput.request(text)
                guard let request = try? certificateRequest(der, in: call.arena) else {
                    return call.fail("asn1: structure error: the request is malformed")
                }
                return request
            } catch { return call.fail(error.message) }
        },
        Builtin(
            "crypto.x509.parse_keypair",
            help: "(certificate, key) The certificate and its private key, when they belong together.", .string, .string,
            returns: json, work: .length(perKibibyte: 8192, base: 500)
        ) { call in
            guard let certificate = call.text(0) else { return .undefined }
            // OPA numbers both operands 1.
            guard let key = call[1].stringValue else {
                return call.typeFailure("operand 1 must be string but got \(call[1].typeName)")
            }
            do throws(InputProblem) {
                let (certificates, key) = try KeyPairInput.read(certificate, key)
                let leaf = certificates[0]
                let writer = CertificateWriter(arena: call.arena)
                let given = try? PublicKey(spki: leaf.publicKeyInfo)
                guard given?.kind == key.publicKey.kind else {
                    return call.fail("tls: private key type does not match public key type")
                }
                guard writer.publicKey(leaf.publicKeyInfo).value == publicPart(key, writer) else {
                    return call.fail("tls: private key does not match public key")
                }
                return writer.object([
                    ("Certificate", call.arena.array(certificates.map { writer.base64($0.bytes) })),
                    ("PrivateKey", writer.privateKey(key)), ("SupportedSignatureAlgorithms", .null),
                    ("OCSPStaple", .null), ("SignedCertificateTimestamps", .null),
                    ("Leaf", writer.certificate(leaf, addsTexts: false)),
                ])
            } catch { return call.fail(error.message) }
        },
        Builtin(
            "crypto.x509.parse_rsa_private_key", help: "(key) An RSA private key as a JSON Web Key.", .string, returns: json,
            work: .length(perKibibyte: 8192, base: 500)
        ) { call in
            guard let text = call.text(0) else { return .undefined }
            if text.isEmpty { return call.fail("input PEM data was empty") }
            do throws(InputProblem) {
                if !text.hasPrefix("-----BEGIN") { try CertificateInput.checkBase64(text) }
                guard let key = try CertificateInput.privateKeys(text).first else { return .null }
                return webKey(key, in: call.arena)
            } catch { return call.fail(error.message) }
        },
        Builtin(
            "crypto.parse_private_keys", help: "(keys) The private keys of a PEM text as JSON Web Keys.", .string,
            returns: .array(of: json), work: .length(perKibibyte: 8192, base: 500)
        ) { call in
            guard let text = call.text(0) else { return .undefined }
            if text.isEmpty { return .null }
            do throws(InputProblem) {
                let writer = CertificateWriter(arena: call.arena)
                return call.arena.array(try CertificateInput.privateKeys(text).map { writer.privateKey($0) })
            } catch { return call.fail(error.message) }
        },
    ]

    private static func verify(
        _ text: String, _ options: ChainVerifier.Options, _ call: BuiltinCall, addsTexts: Bool = true
    ) -> Value {
        let arena = call.arena
        let invalid = unverified(in: arena)
        guard let certificates = try? CertificateInput.certificates(text), certificates.count >= 2 else { return invalid }
        var verifier = ChainVerifier(
            root: certificates[0], intermediates: Array(certificates[1..<(certificates.count - 1)]), options: options)
        guard let chain = verifier.chain(for: certificates[certificates.count - 1]) else { return invalid }
        let writer = CertificateWriter(arena: arena)
        return arena.array([.true, arena.array(chain.map { writer.certificate($0, addsTexts: addsTexts) })])
    }

    private static func unverified(in arena: Arena) -> Value { arena.array([.false, arena.array([Value]())]) }

    private static func verifyOptions(_ object: Value, _ call: inout BuiltinCall) -> ChainVerifier.Options? {
        var options = ChainVerifier.Options(time: call.context.now)
        let usages = [
            "KeyUsageAny": 0, "KeyUsageServerAuth": 1, "KeyUsageClientAuth": 2, "KeyUsageCodeSigning": 3,
            "KeyUsageEmailProtection": 4, "KeyUsageIPSECEndSystem": 5, "KeyUsageIPSECTunnel": 6,
            "KeyUsageIPSECUser": 7, "KeyUsageTimeStamping": 8, "KeyUsageOCSPSigning": 9,
            "KeyUsageMicrosoftServerGatedCrypto": 10, "KeyUsageNetscapeServerGatedCrypto": 11,
            "KeyUsageMicrosoftCommercialCodeSigning": 12, "KeyUsageMicrosoftKernelCodeSigning": 13,
        ]
        for (key, value) in zip(object.keys, object.values) {
            switch key.stringValue {
            case nil: break
            case "DNSName":
                guard let name = value.stringValue else { return refused("'DNSName' should be a string", &call) }
                options.dnsName = name
            case "CurrentTime":
                guard value.isNumber else { return refused("'CurrentTime' should be a number", &call) }
                guard let time = value.intValue else {
                    return refused("'CurrentTime' should be a valid int64 number", &call)
                }
                options.time = time
            case "MaxConstraintComparisons":
                guard value.isNumber else { return refused("'MaxConstraintComparisons' should be a number", &call) }
                guard value.intValue != nil else {
                    return refused("'MaxConstraintComparisons' should be a valid number", &call)
                }
            case "KeyUsages":
                guard value.kind == .array || value.kind == .set else {
                    return refused("'KeyUsages' should be an Array or Set", &call)
                }
                let names = value.elements.compactMap(\.stringValue)
                let unknown = names.filter { usages[$0] == nil }
                if !unknown.isEmpty {
                    return refused("invalid entries for 'KeyUsages' found: [\(unknown.joined(separator: " "))]", &call)
                }
                options.usages += names.compactMap { usages[$0] }
            default: return refused("invalid key option", &call)
            }
        }
        return options
    }

    private static func refused(_ message: String, _ call: inout BuiltinCall) -> ChainVerifier.Options? {
        _ = call.fail(message)
        return nil
    }

    private static func certificateRequest(_ der: [UInt8], in arena: Arena) throws(DERValue.Malformed) -> Value {
        let request = try DERValue(only: der)
        let parts = try request.children()
        guard parts.count == 3, let algorithm = try parts[1].children().first else { throw DERValue.Malformed() }
        let info = try parts[0].children()
        guard info.count >= 3 else { throw DERValue.Malformed() }
        let writer = CertificateWriter(arena: arena)
        let key = writer.publicKey(info[2])
        let subject = try Certificate.Name(info[1])
        let extensions = try requestedExtensions(info)
        let names = try extensions.first { $0.oid == [2, 5, 29, 17] }
            .map { item throws(DERValue.Malformed) in try Certificate.alternativeNames(try DERValue(only: item.value)) }
        let number = Certificate.algorithm(try algorithm.oid(), try parts[1].children().dropFirst().first).number
        return writer.object(
            [
                ("Raw", writer.base64(request.bytes)), ("RawTBSCertificateRequest", writer.base64(parts[0].bytes)),
                ("RawSubjectPublicKeyInfo", writer.base64(info[2].bytes)),
                ("RawSubject", writer.base64(subject.bytes)), ("Version", .int(try info[0].small())),
                ("Signature", writer.base64(try parts[2].bits())), ("SignatureAlgorithm", .int(number)),
                ("PublicKeyAlgorithm", .int(key.number)), ("PublicKey", key.value), ("Subject", writer.name(subject)),
                ("Attributes", try attributes(info, writer)), ("Extensions", writer.extensions(extensions)),
                ("ExtraExtensions", .null),
            ] + writer.alternativeNames(names ?? Certificate.AlternativeNames()))
    }

    /// The attributes of a request whose values are sets of sequences of types and values, as Go shows them.
    private static func attributes(_ info: [DERValue], _ writer: CertificateWriter) throws(DERValue.Malformed) -> Value {
        guard let list = info.dropFirst(3).first(where: { $0.tag == DERValue.Tag.context(0) }) else { return .null }
        var shown: [Value] = []
        for attribute in try list.children(list.tag) {
            guard let parts = try? attribute.children(), parts.count >= 2, let type = try? parts[0].oid(),
                let rows = try? parts[1].children(DERValue.Tag.set),
                let values = try? rows.map({ row throws(DERValue.Malformed) in
                    writer.arena.array(
                        try row.children().map { pair throws(DERValue.Malformed) in try typeAndValue(pair, writer) })
                })
            else { continue }
            shown.append(writer.object([("Type", writer.oid(type)), ("Value", writer.arena.array(values))]))
        }
        return shown.isEmpty ? .null : writer.arena.array(shown)
    }

    private static func typeAndValue(_ pair: DERValue, _ writer: CertificateWriter) throws(DERValue.Malformed) -> Value {
        let parts = try pair.children()
        guard parts.count >= 2 else { throw DERValue.Malformed() }
        let value: Value
        switch parts[1].tag {
        case DERValue.Tag.boolean: value = .bool(parts[1].contents.first != 0)
        case DERValue.Tag.octetString: value = writer.base64(parts[1].contents)
        case DERValue.Tag.integer: value = .int(try parts[1].small())
        case DERValue.Tag.oid: value = writer.oid(try parts[1].oid())
        case DERValue.Tag.utf8String, DERValue.Tag.bmpString, 0x12, 0x13, 0x14, 0x16: value = writer.arena.string(parts[1].text)
        default: value = .null
        }
        return writer.object([("Type", writer.oid(try parts[0].oid())), ("Value", value)])
    }

    /// The extensions that a request asks for (RFC 2986, attribute 1.2.840.113549.1.9.14).
    private static func requestedExtensions(
        _ info: [DERValue]
    ) throws(DERValue.Malformed) -> [Certificate.Extension] {
        guard let attributes = info.dropFirst(3).first(where: { $0.tag == DERValue.Tag.context(0) }) else { return [] }
        for attribute in try attributes.children(attributes.tag) {
            let parts = try attribute.children()
            guard parts.count == 2, try parts[0].oid() == [1, 2, 840, 113549, 1, 9, 14],
                let sequence = try parts[1].children(DERValue.Tag.set).first
            else { continue }
            return try Certificate.extensions(sequence)
        }
        return []
    }

    private static func publicPart(_ key: PrivateKey, _ writer: CertificateWriter) -> Value {
        let value = writer.privateKey(key)
        let arena = writer.arena
        switch key {
        case .rsa: return writer.object([("N", value.field("N")), ("E", value.field("E"))])
        case .ed25519(let key): return writer.base64(Array(key.publicKey.rawRepresentation))
        default:
            return arena.object(
                zip(value.keys, value.values).filter { $0.0.string != "D" }.map { ObjectEntry(key: $0, value: $1) })
        }
    }

    /// The key as a JSON Web Key (RFC 7518, section 6; RFC 8037).
    private static func webKey(_ key: PrivateKey, in arena: Arena) -> Value {
        func curve(_ name: String, _ point: some Collection<UInt8>, _ d: [UInt8]) -> [(String, [UInt8])] {
            let half = point.count / 2
            return [("crv", Array(name.utf8)), ("d", d), ("x", Array(point.prefix(half))), ("y", Array(point.suffix(half)))]
        }
        let kind: String, members: [(String, [UInt8])]
        switch key {
        case .rsa(let key):
            kind = "RSA"
            members = [
                ("n", key.n), ("e", key.e), ("d", key.d), ("p", key.p), ("q", key.q), ("dp", key.dp), ("dq", key.dq),
                ("qi", key.qi),
            ]
        case .p256(let key):
            (kind, members) = ("EC", curve("P-256", key.publicKey.rawRepresentation, Array(key.rawRepresentation)))
        case .p384(let key):
            (kind, members) = ("EC", curve("P-384", key.publicKey.rawRepresentation, Array(key.rawRepresentation)))
        case .p521(let key):
            (kind, members) = ("EC", curve("P-521", key.publicKey.rawRepresentation, Array(key.rawRepresentation)))
        case .ed25519(let key):
            kind = "OKP"
            members = [
                ("crv", Array("Ed25519".utf8)), ("d", Array(key.rawRepresentation)),
                ("x", Array(key.publicKey.rawRepresentation)),
            ]
        }
        let entries = members.map { name, bytes in
            let text = name == "crv" ? bytes : Base64.encode(bytes, alphabet: .url, padded: false)
            return ObjectEntry(key: arena.string(name), value: arena.string(text))
        }
        return arena.object(entries + [ObjectEntry(key: arena.string("kty"), value: arena.string(kind))])
    }
}
