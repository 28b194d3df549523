@testable import Catalogue
import Diagnostics
@testable import Findings
import Foundation
@testable import Inputs
import Judging
@testable import Rego
import RegoRuntime
import Testing
import TestSupport

/// The library compiled when the program is built gives what the library compiled at the start gives.
@Suite struct PolicyImageTests {
    /// Images live for ever, as the one inside the binary does.
    private static func image(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        copy.copyBytes(from: bytes)
        return UnsafeRawBufferPointer(copy)
    }

    private static func findings(_ library: PolicyLibrary) -> [String] {
        let folder = LibraryTests.package + "/examples"
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        let inputs = files.filter { $0.hasSuffix(".yaml") }.sorted().map { InputFile(path: folder + "/" + $0) }
        var options = Validator.Options()
        options.selection.profiles = ["all"]
        let report = Validator(PolicySet(library: library), options: options).validate(files: inputs)
        return report.findings.map { "\($0.location.file) \($0.location.start) \($0.policyID) \($0.message)" }
            + report.diagnostics.map(\.message)
    }

    @Test func sameFindings() throws {
        let source = try PolicyLibrary(PackedPolicies.embedded())
        #expect(source.engine == nil)
        let bytes = try #require(source.image().bytes)
        let compiled = try PolicyLibrary(embedded: Self.image(bytes))
        #expect(compiled.engine != nil && compiled.policies.map(\.id) == source.policies.map(\.id))
        let expected = Self.findings(source)
        #expect(expected.count > 100)
        #expect(Self.findings(compiled) == expected)
    }

    @Test func otherImagesAreLeftAside() throws {
        let source = try PolicyLibrary(PackedPolicies.embedded())
        var bytes = try #require(source.image().bytes)
        #expect(try PolicyLibrary(embedded: Self.image(Array(bytes.dropLast(16)))).engine == nil)
        let digest = Array(source.packed.digest.utf8)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: digest) })
        bytes[place] = bytes[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
        #expect(try PolicyLibrary(embedded: Self.image(bytes)).engine == nil)
        #expect(try PolicyLibrary(embedded: UnsafeRawBufferPointer(start: nil, count: 0)).engine == nil)
    }

    /// Messages about a policy of the image still show its source.
    @Test func placesOfInstructions() throws {
        let source = try PolicyLibrary(PackedPolicies.embedded())
        let compiled = try PolicyLibrary(embedded: Self.image(try #require(source.image().bytes)))
        let program = try #require(compiled.engine?.program)
        let range = try #require(program.range(ofInstruction: program.instructions.count / 2))
        #expect(range.file.path.hasPrefix("policies/") && !range.text.isEmpty)
    }
}
