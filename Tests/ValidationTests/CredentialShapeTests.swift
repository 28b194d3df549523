import Foundation
@testable import Judging
import Testing

/// What reports hide is what the library recognises.
@Suite struct CredentialShapeTests {
    @Test func shapesAreThoseOfTheLibrary() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("policies/lib/secrets.rego"), encoding: .utf8)
        #expect(text.contains("token_mark := `\(CredentialShapes.tokenMark)`"))
        #expect(text.contains("token_shape := `\(CredentialShapes.tokenShape)`"))
        #expect(text.contains("`\(CredentialShapes.addressShape)`"))
    }

    @Test(arguments: [
        ("key AKIAABCDEFGHIJKLMNOP is", "key ••• is"),
        ("see https://u:pa55-word@host/x", "see https://u:•••@host/x"),
        ("nothing to hide in nginx:1.2@sha256", "nothing to hide in nginx:1.2@sha256"),
    ])
    func tokensAreTakenOut(_ text: String, _ expected: String) { #expect(SecretScreen.withoutTokens(text) == expected) }

    /// The quick look at the last letters of a name passes everything that the patterns recognise.
    @Test(arguments: [
        "password", "dbPasswd", "PASSPHRASE", "passcode", "pwd", "credential", "Credentials", "requirepass", "masterauth",
        "db_pass", "x.psw", "db-pw", "pw", "userpass", "secret", "apiToken", "API_KEY", "api-key", "accessKey", "MASTER.KEY",
    ])
    func everyNameOfThePatternsIsSeen(name: String) {
        let isCredential = Array(name.utf8).withUnsafeBufferPointer { name in
            Array("Xy9!zQ".utf8).withUnsafeBufferPointer { CredentialShapes.isCredential(name, $0) }
        }
        #expect(isCredential)
    }

    @Test(arguments: ["name", "labels", "kind", "image", "compass", "keys", "x"]) func otherNames(name: String) {
        let isCredential = Array(name.utf8).withUnsafeBufferPointer { name in
            Array("Xy9!zQ".utf8).withUnsafeBufferPointer { CredentialShapes.isCredential(name, $0) }
        }
        #expect(!isCredential)
    }
}
