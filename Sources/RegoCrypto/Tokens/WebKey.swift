import Crypto
import Documents
import RegoRuntime
import Text

/// A key for checking or making signatures, with what its JSON Web Key says about it (RFC 7517).
struct WebKey {
    enum Material {
        case secret([UInt8])
        case publicKey(PublicKey)
        case privateKey(PrivateKey)
    }

    var material: Material
    var algorithm = ""
    var id = ""

    private init(material: Material) { self.material = material }

    /// The public key, if there is one.
    var publicKey: PublicKey? {
        switch material {
        case .secret: nil
        case .publicKey(let key): key
        case .privateKey(let key): key.publicKey
        }
    }

    /// Keys from a certificate or public key in PEM, or from a JSON Web Key or set of them.
    static func all(_ text: String) throws(InputProblem) -> [WebKey] {
        var rest = text[...]
        if let block = PEMBlock.next(&rest) {
            if !rest.allSatisfy(\.isWhitespace) {
                throw InputProblem(message: "extra data after a PEM certificate block")
            }
            return [WebKey(material: .publicKey(try publicKey(block)))]
        }
        return try webKeys(text)
    }

    /// The key to sign with that a text gives: a private key in PEM, the first of some JSON Web Keys, or for HMAC the text
    /// itself.
    static func signing(_ text: String, _ algorithm: SignatureAlgorithm) throws(InputProblem) -> WebKey {
        if algorithm.scheme == .hmac { return WebKey(material: .secret(Array(text.utf8))) }
        var rest = text[...], isPEM = false
        while let block = PEMBlock.next(&rest) {
            isPEM = true
            // The curve stands before the key in what openssl writes, and in the key again.
            if block.type == "EC PARAMETERS" { continue }
            guard let key = try? PrivateKey(block) else {
                throw InputProblem(message: "the PEM block \"\(block.type)\" is no private key that can be read")
            }
            return WebKey(material: .privateKey(key))
        }
        guard !isPEM, let key = try webKeys(text).first else { throw InputProblem(message: "there is no key") }
        return key
    }

    private static func publicKey(_ block: PEMBlock) throws(InputProblem) -> PublicKey {
        switch block.type {
        case "CERTIFICATE":
            guard let certificate = try? Certificate.all(block.bytes).first,
                let key = try? PublicKey(spki: certificate.publicKeyInfo)
            else { throw InputProblem(message: "failed to parse a PEM certificate") }
            return key
        case "PUBLIC KEY":
            guard let value = try? DERValue(only: block.bytes), let key = try? PublicKey(spki: value) else {
                throw InputProblem(message: "failed to parse a PEM public key")
            }
            return key
        default: throw InputProblem(message: "failed to extract a Key from the PEM certificate")
        }
    }

    private static func webKeys(_ text: String) throws(InputProblem) -> [WebKey] {
        let document = Document { arena in
            var copy = text
            return copy.withUTF8 { (try? JSONReader.value($0, in: arena)) ?? .undefined }
        }
        let set = document.root.field("keys")
        do throws(InputProblem) {
            if set.kind == .array {
                return try set.elements.map { element throws(InputProblem) in try WebKey(element) }
            }
            return [try WebKey(document.root)]
        } catch { throw InputProblem(message: "failed to parse a JWK key (set): \(error.message)") }
    }

    /// Reads the members of a JSON Web Key.
    init(_ object: Value) throws(InputProblem) {
        guard object.kind == .object else { throw InputProblem(message: "jwk.Parse: failed to unmarshal JWK set") }
        algorithm = object.field("alg").stringValue ?? ""
        id = object.field("kid").stringValue ?? ""
        do {
            switch object.field("kty").stringValue {
            case "oct": material = .secret(try Self.bytes(object, "k"))
            case "RSA": material = try Self.rsa(object)
            case "EC": material = try Self.elliptic(object)
            case "OKP":
                if object.field("d").isDefined {
                    let seed = try Self.bytes(object, "d")
                    material = .privateKey(.ed25519(try Curve25519.Signing.PrivateKey(rawRepresentation: seed)))
                } else {
                    let point = try Self.bytes(object, "x")
                    material = .publicKey(.ed25519(try Curve25519.Signing.PublicKey(rawRepresentation: point)))
                }
            default: throw InputProblem(message: "invalid key type from JSON (\(object.field("kty").stringValue ?? ""))")
            }
        } catch let problem as InputProblem {
            throw problem
        } catch { throw InputProblem(message: "failed to unmarshal JWK: invalid key material") }
    }

    private static func bytes(_ object: Value, _ name: StaticString) throws -> [UInt8] {
        guard let text = object.field(name).stringValue, let bytes = try? Base64.decodeURL(text.utf8) else {
            throw InputProblem(message: "required field \(name) is missing or not base64")
        }
        return bytes
    }

    private static func rsa(_ object: Value) throws -> Material {
        func number(_ name: StaticString) throws -> [UInt8] { Array(try bytes(object, name).drop { $0 == 0 }) }
        guard object.field("d").isDefined else {
            return .publicKey(.rsa(modulus: try number("n"), exponent: try number("e")))
        }
        let names: [StaticString] = ["n", "e", "d", "p", "q", "dp", "dq", "qi"]
        return .privateKey(.rsa(PrivateKey.RSA(try names.map { try number($0) })))
    }

    private static func elliptic(_ object: Value) throws -> Material {
        let curves: [String: (oid: [Int], size: Int)] = [
            "P-256": ([1, 2, 840, 10045, 3, 1, 7], 32), "P-384": ([1, 3, 132, 0, 34], 48),
            "P-521": ([1, 3, 132, 0, 35], 66),
        ]
        let name = object.field("crv").stringValue ?? ""
        guard let curve = curves[name] else { throw InputProblem(message: "unsupported curve \(name)") }
        if object.field("d").isDefined {
            return .privateKey(try PrivateKey(scalar: try bytes(object, "d"), curve: curve.oid))
        }
        func coordinate(_ member: StaticString) throws -> [UInt8] {
            let digits = try bytes(object, member).drop { $0 == 0 }
            return [UInt8](repeating: 0, count: max(0, curve.size - digits.count)) + digits
        }
        let point = try [4] + coordinate("x") + coordinate("y")
        switch name {
        case "P-256": return .publicKey(.p256(try P256.Signing.PublicKey(x963Representation: point)))
        case "P-384": return .publicKey(.p384(try P384.Signing.PublicKey(x963Representation: point)))
        default: return .publicKey(.p521(try P521.Signing.PublicKey(x963Representation: point)))
        }
    }
}
