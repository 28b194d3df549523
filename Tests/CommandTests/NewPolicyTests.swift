import Foundation
import Testing

/// `make new-policy` writes a policy that passes its own tests.
@Suite struct NewPolicyTests {
    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardizedFileURL

    private func run(_ name: String, in folder: URL) throws -> Int32 {
        let process = Process()
        process.executableURL = Self.package.appendingPathComponent("scripts/new-policy")
        process.arguments = [name]
        process.currentDirectoryURL = folder
        process.standardOutput = nil
        process.standardError = nil
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test func theFilesPass() throws {
        let folder = try TemporaryFolder()
        let policies = folder.url.appendingPathComponent("policies")
        try FileManager.default.createDirectory(at: policies, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: Self.package.appendingPathComponent("policies/lib"), to: policies.appendingPathComponent("lib"))
        #expect(try run("secrets/draft-settings", in: folder.url) == 0)
        #expect(try run("secrets/draft-settings", in: folder.url) != 0)
        #expect(try run("../outside", in: folder.url) != 0)

        let new = "policies/secrets/draft-settings"
        let tests = try LintelRun(["test", "--run", "draft_settings", "policies/lib", new], in: folder.url)
        #expect(tests.code == 0, "\(tests.output)")
        let format = try LintelRun(["fmt", "--fail", "--list", new], in: folder.url)
        #expect(format.code == 0, "\(format.output)")
        func check(_ file: String) throws -> LintelRun {
            try LintelRun(
                [
                    "check", "--no-builtin", "--policy", "policies/lib", "--policy", new, "--fail-on", "warning", "--quiet",
                    "\(new)/\(file)",
                ],
                in: folder.url)
        }
        #expect(try check("pass.yaml").code == 0)
        let fail = try check("fail.yaml")
        #expect(fail.code == 1)
        #expect(fail.output.contains("fail.yaml:6:") && fail.output.contains("LT-SEC-001"), "\(fail.output)\(fail.errors)")
    }
}
