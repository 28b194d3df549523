import Crypto
import Documents
import Testing

@testable import Compliance

@Suite struct EvidencePackageTests {
    private let key = P256.Signing.PrivateKey()
    private let report: ComplianceReport

    init() {
        let clause = Framework.Clause(id: "1.1", title: "One")
        var report = ComplianceReport(
            framework: Framework(id: "x", title: "X", version: "1", clauses: [clause]),
            answers: [.init(clause: clause, status: .pass, confidence: .exact, evidence: [])],
            provenance: .init(
                toolVersion: "1", libraryDigest: "sha256:aa", inputDigest: "sha256:bb", time: "2026-01-02T03:04:05Z",
                inputs: ["a"]))
        report.inputs = [.init(path: "a.yaml", size: 1, digest: ContentDigest.text(of: [0x61]))]
        self.report = report
    }

    private func folder(signed: Bool) throws -> [String: [UInt8]] {
        let files = try EvidencePackage.files(report, signedWith: signed ? key.pemRepresentation : nil)
        return Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.bytes) })
    }

    private func verify(
        _ files: [String: [UInt8]], trusts key: P256.Signing.PrivateKey? = nil
    ) -> EvidencePackage.Verification {
        EvidencePackage.verify(names: Array(files.keys), key: key?.publicKey.pemRepresentation, read: { files[$0] })
    }

    @Test func intact() throws {
        let plain = verify(try folder(signed: false))
        #expect(plain.problems == [] && plain.intact == 4 && plain.signature == nil)
        let signed = try folder(signed: true)
        #expect(verify(signed).problems == [] && verify(signed).signature == .enclosedKey)
        #expect(verify(signed, trusts: key).problems == [] && verify(signed, trusts: key).signature == .trusted)
    }

    /// Every byte of every file, each in two ways.
    @Test(arguments: [false, true])
    func anyByte(_ signed: Bool) throws {
        let files = try folder(signed: signed)
        for (name, bytes) in files {
            let step = bytes.count > 2000 ? 61 : 1
            for index in stride(from: 0, to: bytes.count, by: step) {
                for flip in [0x01, 0x20] as [UInt8] {
                    var changed = files
                    changed[name]![index] ^= flip
                    #expect(verify(changed, trusts: signed ? key : nil).problems != [], "\(name) \(index)")
                }
            }
            for shorter in [Array(bytes.dropLast()), bytes + [0x0A]] {
                var changed = files
                changed[name] = shorter
                #expect(verify(changed, trusts: signed ? key : nil).problems != [], "\(name) length")
            }
        }
    }

    @Test func filesComeAndGo() throws {
        let files = try folder(signed: true)
        for name in files.keys {
            var changed = files
            changed[name] = nil
            #expect(verify(changed, trusts: key).problems != [], "\(name)")
        }
        var more = files
        more["extra.txt"] = [0x61]
        #expect(verify(more).problems == ["extra.txt is not in the manifest"])
    }

    @Test func anotherSigner() throws {
        #expect(verify(try folder(signed: true), trusts: P256.Signing.PrivateKey()).problems.count == 1)
        #expect(verify(try folder(signed: false), trusts: key).problems == ["manifest.sig is missing"])
        #expect(throws: FrameworkError.self) { try EvidencePackage.files(report, signedWith: "no key") }
    }

    @Test func inputs() throws {
        let files = try folder(signed: false)
        func changed(_ bytes: [UInt8]?) -> [String] {
            EvidencePackage.verify(names: [], key: nil, read: { files[$0] }, readInput: { _ in bytes }).changedInputs
        }
        #expect(changed([0x61]) == [])
        #expect(changed([0x62]) == ["a.yaml has changed"])
        #expect(changed(nil) == ["a.yaml cannot be read"])
    }
}
