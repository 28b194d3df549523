import Crypto
import CryptoExtras
import FoundationEssentials
import GoTemplate
import Helm
import SwiftASN1
import Text
import X509

/// Private keys and certificates (sprig's `crypto.go`).
enum CertificateFunctions {
    static let all: [TemplateFunction] = [
        TemplateFunction("genPrivateKey", [.string]) { .string(try PrivateKeys.pem($0.text(0), for: $0)) },
        TemplateFunction("buildCustomCert", [.string, .string]) { try custom($0.text(0), $0.text(1)) },
        TemplateFunction("genCA", [.string, .int]) { try authority($0, try PrivateKeys.rsa(for: $0)) },
        TemplateFunction("genCAWithKey", [.string, .int, .string]) {
            try authority($0, try PrivateKeys.read($0.text(2)))
        },
        TemplateFunction("genSelfSignedCert", [.string, .list, .list, .int]) {
            try selfSigned($0, try PrivateKeys.rsa(for: $0))
        },
        TemplateFunction("genSelfSignedCertWithKey", [.string, .list, .list, .int, .string]) {
            try selfSigned($0, try PrivateKeys.read($0.text(4)))
        },
        TemplateFunction("genSignedCert", [.string, .list, .list, .int, .named("sprig.certificate")]) {
            try signed($0, try PrivateKeys.rsa(for: $0))
        },
        TemplateFunction("genSignedCertWithKey", [.string, .list, .list, .int, .named("sprig.certificate"), .string]) {
            try signed($0, try PrivateKeys.read($0.text(5)))
        },
    ]

    private static func authority(_ call: borrowing FunctionCall, _ key: PrivateKeys.Pair) throws -> GoValue {
        let subject = try name(call.text(0))
        return try make(
            call, subject, issuer: subject, key, signer: key, days: call.int(1), isAuthority: true, names: [])
    }

    private static func selfSigned(_ call: borrowing FunctionCall, _ key: PrivateKeys.Pair) throws -> GoValue {
        let subject = try name(call.text(0))
        return try make(
            call, subject, issuer: subject, key, signer: key, days: call.int(3), isAuthority: false,
            names: try names(call))
    }

    private static func signed(_ call: borrowing FunctionCall, _ key: PrivateKeys.Pair) throws -> GoValue {
        guard case .object(let object) = call[4].content, let authority = object as? CertificateObject else {
            let type = call[4].isNil ? "<nil>" : call[4].typeName(dynamic: true)
            throw FunctionFailure("wrong type for value; expected sprig.certificate; got \(type)")
        }
        let signer = try PrivateKeys.read(authority.key)
        guard let issuer = try? Certificate(pemEncoded: authority.certificate) else {
            throw FunctionFailure("unable to decode certificate")
        }
        return try make(
            call, try name(call.text(0)), issuer: issuer.subject, key, signer: signer, days: call.int(3),
            isAuthority: false,
            names: try names(call))
    }

    private static func name(_ text: String) throws -> DistinguishedName {
        do { return try DistinguishedName { CommonName(text) } } catch { throw FunctionFailure("\(error)") }
    }

    /// The addresses and names of the second and third argument.
    private static func names(_ call: borrowing FunctionCall) throws -> [GeneralName] {
        let addresses = try (call[1].asList?.items ?? []).map { value -> GeneralName in
            guard let text = value.asString else {
                throw FunctionFailure("error parsing ip: \(GoPrint.text(value)) is not a string")
            }
            guard let bytes = IPBytes.of(text) else { throw FunctionFailure("error parsing ip: \(text)") }
            return .ipAddress(ASN1OctetString(contentBytes: bytes[...]))
        }
        let hosts = try (call[2].asList?.items ?? []).map { value -> GeneralName in
            guard let text = value.asString else {
                throw FunctionFailure("error processing alternate dns name: \(GoPrint.text(value)) is not a string")
            }
            return .dnsName(text)
        }
        return hosts + addresses
    }

    private static func make(
        _ call: borrowing FunctionCall, _ subject: DistinguishedName, issuer: DistinguishedName,
        _ key: PrivateKeys.Pair,
        signer: PrivateKeys.Pair, days: Int, isAuthority: Bool, names: [GeneralName]
    ) throws -> GoValue {
        let now = Date(timeIntervalSince1970: Double(call.now.seconds))
        let serial = [UInt8(0)] + call.randomBytes(16)
        do {
            let extensions = try Certificate.Extensions {
                Critical(KeyUsage(digitalSignature: true, keyEncipherment: true, keyCertSign: isAuthority))
                try ExtendedKeyUsage([.serverAuth, .clientAuth])
                Critical(
                    isAuthority ? BasicConstraints.isCertificateAuthority(maxPathLength: nil) : .notCertificateAuthority
                )
                if isAuthority { SubjectKeyIdentifier(hash: key.key.publicKey) }
                if !names.isEmpty { SubjectAlternativeNames(names) }
            }
            let certificate = try Certificate(
                version: .v3, serialNumber: Certificate.SerialNumber(bytes: serial), publicKey: key.key.publicKey,
                notValidBefore: now, notValidAfter: now + Double(days) * 86_400, issuer: issuer, subject: subject,
                signatureAlgorithm: signer.algorithm, extensions: extensions, issuerPrivateKey: signer.key)
            let text = try certificate.serializeAsPEM().pemString.trimmedLine
            return GoValue(.object(CertificateObject(certificate: text, key: key.pem)))
        } catch let failure as FunctionFailure {
            throw failure
        } catch {
            throw FunctionFailure("error creating certificate: \(error)")
        }
    }

    private static func custom(_ certificate: String, _ key: String) throws -> GoValue {
        guard let certificate = try? Base64.decode(certificate.utf8) else {
            throw FunctionFailure("unable to decode base64 certificate")
        }
        guard let key = try? Base64.decode(key.utf8) else {
            throw FunctionFailure("unable to decode base64 private key")
        }
        let texts = (
            certificate: String(decoding: certificate, as: UTF8.self), key: String(decoding: key, as: UTF8.self)
        )
        guard (try? Certificate(pemEncoded: texts.certificate)) != nil else {
            throw FunctionFailure("unable to decode certificate")
        }
        do { _ = try PrivateKeys.read(texts.key) } catch let failure as FunctionFailure {
            throw FunctionFailure("error parsing private key: \(failure.message)")
        }
        return GoValue(.object(CertificateObject(certificate: texts.certificate, key: texts.key)))
    }
}

/// A certificate with its key, as templates see it.
final class CertificateObject: GoObject {
    let certificate: String
    let key: String

    init(certificate: String, key: String) { (self.certificate, self.key) = (certificate, key) }

    let typeName = "sprig.certificate"
    var text: String { "{\(certificate) \(key)}" }
    func field(_ name: String) -> GoValue? {
        name == "Cert" ? .string(certificate) : name == "Key" ? .string(key) : nil
    }
    var members: GoMap? { GoMap([("Cert", .string(certificate)), ("Key", .string(key))]) }
}
