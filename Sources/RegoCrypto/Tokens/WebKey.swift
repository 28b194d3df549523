import Crypto
import Documents
import GoLibrary
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
        var rest = Array(text.utf8)[...]
        if let block = PEMBlock.next(&rest) {
            if !rest.isEmpty { throw InputProblem(message: "extra data after a PEM certificate block") }
            return [WebKey(material: .publicKey(try publicKey(block)))]
        }
        return try webKeys(text)
    }

    /// The key to sign with that a text gives: a private key in PEM, the first of some JSON Web Keys, or for HMAC the text
    /// itself.
    static func signing(_ text: String, _ algorithm: SignatureAlgorithm) throws(InputProblem) -> WebKey {
        if algorithm.scheme == .hmac { return WebKey(material: .secret(Array(text.utf8))) }
        var rest = Array(text.utf8)[...], isPEM = false
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
        do throws(InputProblem) { return try parse(text) } catch {
            throw InputProblem(
                message: "failed to parse a JWK key (set): jwk.ParseString: failed to parse string: \(error.message)")
        }
    }

    /// The keys of a JSON Web Key or of a set of them, with problems in the words of the library that OPA uses (jwx).
    static func parse(_ text: String) throws(InputProblem) -> [WebKey] {
        var problem: String?
        let document = Document { arena in
            var copy = text
            return copy.withUTF8 { bytes in
                if let value = try? JSONReader.value(bytes, in: arena) { return value }
                problem = GoJSONProblem.message(for: bytes) ?? "the text cannot be read"
                return .undefined
            }
        }
        let set = document.root.field("keys")
        guard set.isDefined else {
            do throws(InputProblem) {
                if let problem { throw unreadable(problem) }
                return [try WebKey(document.root)]
            } catch { throw InputProblem(message: "jwk.Parse: failed to parse sole key: jwk.ParseKey: \(error.message)") }
        }
        let start = "jwk.Parse: failed to unmarshal JWK set: failed to decode "
        guard set.kind == .array else {
            throw InputProblem(message: start + "\"keys\": expected '[' but got \(JSONWriter.string(set))")
        }
        var keys: [WebKey] = []
        for (index, element) in set.elements.enumerated() {
            do throws(InputProblem) { keys.append(try WebKey(element)) } catch {
                throw InputProblem(message: start + "key #\(index) in \"keys\": jwk.ParseKey: \(error.message)")
            }
        }
        return keys
    }

    private static func unreadable(_ problem: String) -> InputProblem {
        InputProblem(message: "jwk.Parse: failed to probe data: probe: failed to unmarshal data: \(problem)")
    }

    /// Reads the members of a JSON Web Key.
    private init(_ object: Value) throws(InputProblem) {
        if object.kind != .object, object.kind != .null {
            let fields = #"struct { Kty string "json:\"kty\""; D json.RawMessage "json:\"d,omitempty\"" }"#
            throw Self.unreadable("json: cannot unmarshal \(Self.goKind(object)) into Go value of type \(fields)")
        }
        let type = object.field("kty")
        if type.isDefined, type.kind != .string, type.kind != .null {
            throw Self.unreadable("json: cannot unmarshal \(Self.goKind(type)) into Go struct field .kty of type string")
        }
        algorithm = object.field("alg").stringValue ?? ""
        id = object.field("kid").stringValue ?? ""
        let isPrivate = object.field("d").isDefined
        let name: String, fields: [StaticString]
        switch type.stringValue {
        case "oct": (name, fields) = ("symmetricKey", ["k"])
        case "RSA": (name, fields) = isPrivate ? ("rsaPrivateKey", ["d", "e", "n"]) : ("rsaPublicKey", ["e", "n"])
        case "EC": (name, fields) = (isPrivate ? "ecdsaPrivateKey" : "ecdsaPublicKey", ["crv", "x", "y"])
        case "OKP": (name, fields) = (isPrivate ? "okpPrivateKey" : "okpPublicKey", ["crv", "x"])
        default: throw InputProblem(message: "invalid key type from JSON (\(type.stringValue ?? ""))")
        }
        do throws(InputProblem) {
            if object.field("alg").isDefined { try Self.check(object, ["alg"]) }
            try Self.check(object, fields)
        } catch {
            let start = "failed to unmarshal JSON into key (*jwk.\(name)): "
            throw InputProblem(message: start + start + error.message)
        }
        do {
            switch type.stringValue {
            case "oct":
                let secret = try Self.bytes(object, "k")
                if secret.isEmpty { throw Self.invalid("jwk.SymmetricKey: missing \"k\" field") }
                material = .secret(secret)
            case "RSA": material = try Self.rsa(object)
            case "EC": material = try Self.elliptic(object)
            default:
                if isPrivate {
                    let seed = try Self.bytes(object, "d")
                    material = .privateKey(.ed25519(try Curve25519.Signing.PrivateKey(rawRepresentation: seed)))
                } else {
                    let point = try Self.bytes(object, "x")
                    if point.count != 32 { throw Self.invalid("jwk.OKPPublicKey: ed25519: wrong public key size") }
                    material = .publicKey(.ed25519(try Curve25519.Signing.PublicKey(rawRepresentation: point)))
                }
            }
        } catch let problem as InputProblem {
            throw problem
        } catch { throw InputProblem(message: "failed to unmarshal JWK: invalid key material") }
    }

    /// What `alg` may say (RFC 7518, sections 3.1, 4.1 and 5.1; RFC 9864), as jwx reads it.
    private static let algorithms: Set<String> = [
        "none", "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
        "ES256K", "EdDSA", "RSA1_5", "RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512", "A128KW", "A192KW", "A256KW",
        "dir", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW", "A128GCMKW", "A192GCMKW", "A256GCMKW",
        "PBES2-HS256+A128KW", "PBES2-HS384+A192KW", "PBES2-HS512+A256KW", "Ed25519",
        "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512", "A128GCM", "A192GCM", "A256GCM",
    ]

    private static func goKind(_ value: Value) -> String { value.kind == .bool ? "bool" : value.typeName }

    private static func invalid(_ problem: String) -> InputProblem {
        InputProblem(message: "jwk.Parse: key validation failed: key validation failed: \(problem)")
    }

    /// Members that are there in a wrong form come before those that are not.
    private static func check(_ object: Value, _ fields: [StaticString]) throws(InputProblem) {
        for name in fields {
            let value = object.field(name)
            let start = "failed to decode value for key \(name): "
            if value.isUndefined { continue }
            guard let text = value.stringValue else {
                let problem = "json: cannot unmarshal \(goKind(value)) into Go value of type string"
                throw InputProblem(message: "\(start)error reading next value: \(problem)")
            }
            if name.description == "alg" {
                if algorithms.contains(text) { continue }
                let problem = "invalid key value: \"\(text)\": invalid key algorithm"
                throw InputProblem(message: start + problem)
            }
            if name.description != "crv", (try? Base64.decodeURL(text.utf8)) == nil {
                throw InputProblem(message: "\(start)expected base64 encoded []byte (string)")
            }
        }
        if let missing = fields.first(where: { object.field($0).isUndefined }) {
            throw InputProblem(message: "required field \(missing) is missing")
        }
    }

    private static func bytes(_ object: Value, _ name: StaticString) throws -> [UInt8] {
        guard let text = object.field(name).stringValue, let bytes = try? Base64.decodeURL(text.utf8) else {
            throw InputProblem(message: "required field \(name) is missing")
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
            let bytes = try bytes(object, member)
            if bytes.count != curve.size {
                throw invalid("jwk.ECDSAPublicKey: invalid \"\(member)\" length (\(bytes.count)) for curve \"\(name)\"")
            }
            return bytes
        }
        let point = try [4] + coordinate("x") + coordinate("y")
        switch name {
        case "P-256": return .publicKey(.p256(try P256.Signing.PublicKey(x963Representation: point)))
        case "P-384": return .publicKey(.p384(try P384.Signing.PublicKey(x963Representation: point)))
        default: return .publicKey(.p521(try P521.Signing.PublicKey(x963Representation: point)))
        }
    }
}
