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
            guard let options = verifyOptions(object, &call) else { return .undefined }
            return verify(text, options, call)
        },
        Builtin(
            "crypto.x509.parse_certificate_request", help: "(request) The fields of a certificate signing request.", .string,
            returns: json, work: .length(perKibibyte: 8192, base: 500)
        ) { call in
            guard let text = call.text(0) else { return .undefined }
            do throws(InputProblem) {
                let der = try CertificateInput.bytes(text, block: "CERTIFICATE REQUEST")
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
            guard let certificate = call.text(0), let key = call.text(1) else { return .undefined }
            do throws(InputProblem) {
                let certificates = try CertificateInput.certificates(certificate)
                let keys = try CertificateInput.privateKeys(key)
                guard let leaf = certificates.first, let key = keys.first else {
                    return call.fail("tls: failed to find any PEM data in certificate or key input")
                }
                let writer = CertificateWriter(arena: call.arena)
                guard writer.publicKey(leaf.publicKeyInfo).value == publicPart(key, writer) else {
                    return call.fail("tls: private key does not match public key")
                }
                return writer.object([
                    ("Certificate", call.arena.array(certificates.map { writer.base64($0.bytes) })),
                    ("PrivateKey", writer.privateKey(key)), ("SupportedSignatureAlgorithms", .null),
                    ("OCSPStaple", .null), ("SignedCertificateTimestamps", .null),
                    ("Leaf", writer.certificate(leaf)),
                ])
            } catch { return call.fail(error.message) }
        },
        Builtin(
            "crypto.x509.parse_rsa_private_key", help: "(key) An RSA private key as a JSON Web Key.", .string, returns: json,
            work: .length(perKibibyte: 8192, base: 500)
        ) { call in
            guard let text = call.text(0) else { return .undefined }
            do throws(InputProblem) {
                for key in try CertificateInput.privateKeys(text) {
                    if case .rsa(let numbers) = key { return webKey(numbers, in: call.arena) }
                }
                return call.fail("no RSA private key found")
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
            } catch {
                return text.contains("-----BEGIN") ? call.fail(error.message) : call.arena.array([Value]())
            }
        },
    ]

    private static func verify(_ text: String, _ options: ChainVerifier.Options, _ call: BuiltinCall) -> Value {
        let arena = call.arena
        let invalid = arena.array([.false, arena.array([Value]())])
        guard let certificates = try? CertificateInput.certificates(text), certificates.count >= 2 else { return invalid }
        var verifier = ChainVerifier(
            root: certificates[0], intermediates: Array(certificates[1..<(certificates.count - 1)]), options: options)
        guard let chain = verifier.chain(for: certificates[certificates.count - 1]) else { return invalid }
        let writer = CertificateWriter(arena: arena)
        return arena.array([.true, arena.array(chain.map { writer.certificate($0) })])
    }

    private static func verifyOptions(_ object: Value, _ call: inout BuiltinCall) -> ChainVerifier.Options? {
        var options = ChainVerifier.Options(time: call.context.now)
        let usages = [
            "KeyUsageAny": 0, "KeyUsageServerAuth": 1, "KeyUsageClientAuth": 2, "KeyUsageCodeSigning": 3,
            "KeyUsageEmailProtection": 4, "KeyUsageIPSECEndSystem": 5, "KeyUsageIPSECTunnel": 6,
            "KeyUsageIPSECUser": 7, "KeyUsageTimeStamping": 8, "KeyUsageOCSPSigning": 9,
        ]
        for (key, value) in zip(object.keys, object.values) {
            switch key.stringValue {
            case "DNSName" where value.kind == .string: options.dnsName = value.string
            case "CurrentTime" where value.integerValue != nil: options.time = value.integerValue ?? 0
            case "MaxConstraintComparisons" where value.integerValue != nil: break
            case "KeyUsages" where value.kind == .array || value.kind == .set:
                for usage in value.elements where usage.kind == .string {
                    guard let number = usages[usage.stringValue ?? ""] else {
                        _ = call.fail("invalid entries for 'KeyUsages' found: \(RegoTermWriter.string(usage))")
                        return nil
                    }
                    options.usages.append(number)
                }
            case "DNSName", "CurrentTime", "MaxConstraintComparisons", "KeyUsages":
                _ = call.fail("'\(key.string)' has a value of the wrong type: \(value.typeName)")
                return nil
            default:
                _ = call.fail("invalid key option \(RegoTermWriter.string(key))")
                return nil
            }
        }
        return options
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
                ("Attributes", .null), ("Extensions", writer.extensions(extensions)), ("ExtraExtensions", .null),
            ] + writer.alternativeNames(names ?? Certificate.AlternativeNames()))
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

    private static func webKey(_ key: PrivateKey.RSA, in arena: Arena) -> Value {
        let members = [
            ("n", key.n), ("e", key.e), ("d", key.d), ("p", key.p), ("q", key.q), ("dp", key.dp), ("dq", key.dq),
            ("qi", key.qi),
        ].map {
            ObjectEntry(key: arena.string($0.0), value: arena.string(Base64.encode($0.1, alphabet: .url, padded: false)))
        }
        return arena.object(members + [ObjectEntry(key: arena.string("kty"), value: arena.string("RSA"))])
    }
}
