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

    /// What is looked for at once is what the pattern of the library recognises.
    @Test func marksAreThoseOfThePattern() throws {
        let marks = LiteralMarks(alternatives: CredentialShapes.tokenMark), pattern = try Regex(CredentialShapes.tokenMark)
        func areMarked(_ text: String) -> Bool { Array(text.utf8).withUnsafeBufferPointer { marks.stand(in: $0) } }
        #expect(marks.texts.count == 36, "\(marks.texts.map { String(decoding: $0, as: UTF8.self) })")
        for mark in marks.texts.map({ String(decoding: $0, as: UTF8.self) }) {
            #expect(mark.contains(pattern), "\(mark)")
            for text in [mark, "x\(mark)", "\(mark)x", "a \(mark.dropLast()) \(mark)"] { #expect(areMarked(text), "\(text)") }
            let cut = "no \(mark.dropLast()), no \(mark.dropFirst()), \(mark.lowercased().uppercased())!"
            #expect(areMarked(cut) == cut.contains(pattern), "\(cut)")
        }
        for text in ["", "a", "sk", "eyJ", "registry.example.com/shop/app:1.4.2@sha256:abab"] {
            #expect(areMarked(text) == text.contains(pattern), "\(text)")
        }
    }
}
