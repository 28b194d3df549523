import Foundation
import Testing

/// `lintel exec`, `lintel build` and `lintel inspect`, which take what `opa` takes.
@Suite struct BundleCommandTests {
    // MARK: exec

    private static let policies = """
        package main

        deny contains "x" if input.a

        allow if input.a

        object := {} if input.a

        nothing := null

        fails := input.a + 1
        fails := 2

        """

    struct Exec: CustomTestStringConvertible {
        var name: String
        var options: [String]
        var code: Int32 = 0
        var output: [String] = []
        var errors: [String] = []
        var files = ["1.json", "2.yaml"]
        var testDescription: String { name }
    }

    static let execs = [
        Exec(name: "set", options: ["--decision", "main/deny"], output: ["\"path\": \"2.yaml\"", "\"x\""]),
        Exec(name: "leading slash", options: ["--decision", "/main/deny"], output: ["\"x\""]),
        Exec(name: "dots", options: ["--decision", "data.main.deny"], output: ["\"x\""]),
        Exec(name: "odd name", options: ["--decision", "odd/a-b/x"], output: ["\"result\": 1"]),
        Exec(
            name: "default decision", options: [], output: ["/system/main decision was undefined", "opa_undefined_error"],
            errors: ["undefined for every input"]),
        Exec(
            name: "a package with an error", options: ["--decision", "main", "--fail"], code: 1, output: ["eval_conflict_error"],
            files: ["3.json"]),
        Exec(name: "fail, defined", options: ["--decision", "main/deny", "--fail"]),
        Exec(name: "fail, undefined for one", options: ["--decision", "main/allow", "--fail"], code: 1),
        Exec(name: "fail, null", options: ["--decision", "main/nothing", "--fail"], code: 1),
        Exec(name: "fail-defined", options: ["--decision", "main/deny", "--fail-defined"], code: 1),
        Exec(name: "fail-defined, undefined", options: ["--decision", "main/none", "--fail-defined"]),
        Exec(name: "fail-defined, null", options: ["--decision", "main/nothing", "--fail-defined"]),
        Exec(name: "fail-non-empty", options: ["--decision", "main/deny", "--fail-non-empty"], code: 1),
        Exec(name: "fail-non-empty, empty", options: ["--decision", "main/deny", "--fail-non-empty"], files: ["2.yaml"]),
        // As opa has it: only lists and sets can be empty.
        Exec(name: "fail-non-empty, object", options: ["--decision", "main/object", "--fail-non-empty"], code: 1),
        Exec(
            name: "an error", options: ["--decision", "main/fails"], code: 2, output: ["eval_conflict_error"], files: ["3.json"]),
        Exec(name: "an error, asked", options: ["--decision", "main/fails", "--fail"], code: 1, files: ["3.json"]),
        Exec(name: "no such file", options: ["--decision", "main/deny"], code: 2, errors: ["none.json"], files: ["none.json"]),
        Exec(
            name: "broken file", options: ["--decision", "main/deny"], code: 2, output: ["\"error\""],
            files: ["broken.json", "1.json"]),
        Exec(
            name: "no files", options: ["--decision", "main/deny"], code: 2, errors: ["nothing was evaluated"], files: ["empty"]),
        Exec(name: "two flags", options: ["--fail", "--fail-defined"], code: 64),
        Exec(name: "no input", options: [], code: 64, files: []),
    ]

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write([
            "b/p.rego": Self.policies, "b/odd.rego": "package odd[\"a-b\"]\n\nx := 1\n", "1.json": "{\"a\": true}",
            "2.yaml": "a: false\n", "3.json": "{\"a\": 2}",
            "broken.json": "{", "empty/read.me": "",
        ])
        return folder
    }

    @Test(arguments: execs) func execDecides(_ example: Exec) throws {
        let folder = try folder()
        let run = try LintelRun(["exec", "-b", "b"] + example.files + example.options, in: folder.url)
        #expect(run.code == example.code, "\(run.output)\(run.errors)")
        for word in example.output { #expect(run.output.contains(word), "\(run.output)") }
        for word in example.errors { #expect(run.errors.contains(word), "\(run.errors)") }
    }

    @Test func execReadsStandardInputFirst() throws {
        let folder = try folder()
        let run = try LintelRun(
            ["exec", "-b", "b", "-I", "1.json", "--decision", "main/allow"], in: folder.url, input: "a: true")
        #expect(run.code == 0, "\(run.errors)")
        let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let rows = json?["result"] as? [[String: Any]]
        #expect(rows?.map { $0["path"] as? String } == ["--stdin-input", "1.json"])
        #expect(rows?.map { $0["result"] as? Bool } == [true, true])
        let none = try LintelRun(["exec", "1.json"], in: folder.url)
        #expect(none.code == 64 && none.errors.contains("--bundle"))
    }

    // MARK: build

    /// The names and contents of an archive, by tar itself.
    private func contents(_ archive: String, in folder: TemporaryFolder) throws -> [String: String] {
        let place = folder.url.appendingPathComponent("unpacked-" + archive)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["tar", "xzf", folder.url.appendingPathComponent(archive).path, "-C", place.path]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        var found: [String: String] = [:]
        let root = place.path + "/"
        for case let url as URL in FileManager.default.enumerator(at: place, includingPropertiesForKeys: nil)! {
            if let text = try? String(contentsOf: url, encoding: .utf8) {
                found[String(url.path.dropFirst(root.count))] = text
            }
        }
        return found
    }

    private static let bundle = [
        "p/main.rego":
            "# METADATA\n# title: Pods\npackage main\n\n# METADATA\n# description: says x\ndeny contains \"x\" if input.a\n",
        "p/roles/data.json": "{\"r\": 1}", "p/other.json": "{\"o\": 2}",
        "q/.manifest": "{\"roots\": [\"q\"], \"revision\": \"two\", \"metadata\": {\"m\": 1}}",
        "q/q.rego": "package q\n\nallow { input.a }\n", "q/main.rego": "package q.main\n\nx := 1\n", "q/q/data.yaml": "n: 3\n",
        "q/other.json": "{}", "claims.json": "{\"scope\": \"write\"}",
    ]

    private func bundles() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(Self.bundle)
        return folder
    }

    @Test func filesBecomeABundle() throws {
        let folder = try bundles()
        #expect(try LintelRun(["build", "p", "-r", "one"], in: folder.url).code == 0)
        #expect(try LintelRun(["build", "./p/", "-r", "one", "-o", "again.tar.gz"], in: folder.url).code == 0)
        let archives = try ["bundle.tar.gz", "again.tar.gz"].map {
            try Data(contentsOf: folder.url.appendingPathComponent($0))
        }
        #expect(archives[0] == archives[1])
        let files = try contents("bundle.tar.gz", in: folder)
        #expect(files.keys.sorted() == [".manifest", "data.json", "p/main.rego"])
        #expect(files["p/main.rego"] == Self.bundle["p/main.rego"])
        #expect(files["data.json"] == "{\"o\":2,\"roles\":{\"r\":1}}")
        #expect(files[".manifest"] == "{\"rego_version\":1,\"revision\":\"one\",\"roots\":[\"\"]}")
        let run = try LintelRun(["eval", "-b", "bundle.tar.gz", "-f", "raw", "data.roles.r"], in: folder.url)
        #expect(run.output == "1\n", "\(run.errors)")
        // However the folder is written, its data stand at the same place.
        for (path, place) in [("p", ""), ("./p", ""), ("p/", ""), ("./p/", ""), (".", "p"), ("./", "p")] {
            let query = (["data"] + [place, "roles", "r"].filter { !$0.isEmpty }).joined(separator: ".")
            let found = try LintelRun(["eval", "-d", path, "--ignore", "q/**", "-f", "raw", query], in: folder.url)
            #expect(found.output == "1\n", "\(path): \(found.output)\(found.errors)")
        }
        let left = try LintelRun(["build", "p", "--ignore", "*.json", "-o", "less.tar.gz"], in: folder.url)
        #expect(left.code == 0, "\(left.errors)")
        #expect(try contents("less.tar.gz", in: folder)["data.json"] == "{}")
    }

    @Test func bundlesKeepTheirManifest() throws {
        let folder = try bundles()
        func build(_ options: String...) throws -> LintelRun { try LintelRun(["build"] + options, in: folder.url) }
        let run = try build("-b", "q", "--v0-compatible", "-o", "q.tar.gz")
        #expect(run.code == 0, "\(run.errors)")
        let files = try contents("q.tar.gz", in: folder)
        #expect(files.keys.sorted() == [".manifest", "data.json", "main.rego", "q.rego"])
        #expect(
            files[".manifest"]
                == "{\"metadata\":{\"m\":1},\"rego_version\":0,\"revision\":\"two\",\"roots\":[\"q\"]}")
        #expect(files["data.json"] == "{\"q\":{\"n\":3}}")
        #expect(try build("-b", "q", "--v0-compatible", "-r", "three", "-o", "r.tar.gz").code == 0)
        #expect(try contents("r.tar.gz", in: folder)[".manifest"]?.contains("\"three\"") == true)
        // Text of another dialect is an error, and nothing is written.
        let wrong = try build("-b", "q", "-o", "wrong.tar.gz")
        #expect(wrong.code == 2 && wrong.errors.contains("q.rego:3"), "\(wrong.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("wrong.tar.gz").path))
        let unread = try build("q", "--v0-compatible", "-o", "s.tar.gz")
        #expect(unread.errors.contains("--bundle"), "\(unread.errors)")
    }

    @Test func severalBundlesAreMerged() throws {
        let folder = try bundles()
        try folder.write([
            "one/.manifest": "{\"roots\": [\"one\"], \"rego_version\": 0}", "one/a.rego": "package one\n\nx { true }\n",
            "two/.manifest": "{\"roots\": [\"two\"]}", "two/a.rego": "package two\n\nx if true\n",
        ])
        #expect(try LintelRun(["build", "-b", "one", "two"], in: folder.url).code == 0)
        let files = try contents("bundle.tar.gz", in: folder)
        #expect(files.keys.sorted() == [".manifest", "data.json", "one/a.rego", "two/a.rego"])
        #expect(
            files[".manifest"]
                == "{\"file_rego_versions\":{\"/one/a.rego\":0},\"rego_version\":1,\"revision\":\"\",\"roots\":[\"one\",\"two\"]}"
        )
        let run = try LintelRun(["eval", "-b", "bundle.tar.gz", "-f", "raw", "data.one.x; data.two.x"], in: folder.url)
        #expect(run.code == 0 && run.output.contains("true"), "\(run.output)\(run.errors)")
        let clash = try LintelRun(["build", "-b", "one", "one", "-o", "c.tar.gz"], in: folder.url)
        #expect(clash.code == 2 && clash.errors.contains("overlapping roots"))
    }

    struct Wrong: CustomTestStringConvertible {
        var name: String
        var options: [String]
        var code: Int32
        var says: String
        var testDescription: String { name }
    }

    static let wrongs = [
        Wrong(name: "wasm", options: ["p", "-t", "wasm"], code: 64, says: "not supported"),
        Wrong(name: "plan", options: ["p", "--target", "plan"], code: 64, says: "not supported"),
        Wrong(name: "optimised", options: ["p", "-O", "1"], code: 64, says: "not supported"),
        Wrong(name: "verification without bundle", options: ["p", "--verification-key", "k"], code: 64, says: "--bundle"),
        Wrong(name: "claims without key", options: ["p", "--claims-file", "claims.json"], code: 64, says: "--signing-key"),
        Wrong(
            name: "no claims", options: ["p", "--signing-key", "k", "--signing-alg", "HS256", "--claims-file", "none"], code: 64,
            says: "none"),
        Wrong(name: "no algorithm", options: ["p", "--signing-key", "k", "--signing-alg", "none"], code: 64, says: "HS256"),
        Wrong(name: "no key of that kind", options: ["p", "--signing-key", "k"], code: 64, says: "--signing-alg HS256"),
        Wrong(name: "no path", options: ["none"], code: 2, says: "none"),
        Wrong(name: "nothing in it", options: ["void"], code: 2, says: "no module and no data"),
        Wrong(name: "a file for a folder", options: ["p", "-o", "p/main.rego/b.tar.gz"], code: 2, says: "p/main.rego/b.tar.gz"),
    ]

    @Test(arguments: wrongs) func buildRefuses(_ example: Wrong) throws {
        let folder = try bundles()
        try folder.write(["void/x.txt": ""])
        let run = try LintelRun(["build"] + example.options, in: folder.url)
        #expect(run.code == example.code, "\(run.errors)")
        #expect(run.errors.contains(example.says), "\(run.errors)")
    }

    // MARK: Signatures

    @Test func hmacSignaturesAreChecked() throws {
        let folder = try bundles()
        let hmac = ["--signing-alg", "HS256"]
        #expect(try LintelRun(["build", "p", "--signing-key", "secret"] + hmac, in: folder.url).code == 0)
        func value(_ options: String...) throws -> LintelRun {
            try LintelRun(["eval", "-b", "bundle.tar.gz", "-f", "raw", "data.roles.r"] + options + hmac, in: folder.url)
        }
        #expect(try value().code == 2)
        #expect(try value("--verification-key", "secret").output == "1\n")
        #expect(try value("--verification-key", "secret", "--verification-key-id", "default").code == 0)
        #expect(try value("--verification-key", "secret", "--verification-key-id", "other").code == 2)
        #expect(try value("--verification-key", "guess").code == 2)
        // Another signature in place of the first.
        let again = try LintelRun(
            [
                "build", "-b", "bundle.tar.gz", "--verification-key", "secret", "--signing-key", "secret", "--claims-file",
                "claims.json", "-o", "again.tar.gz",
            ] + hmac, in: folder.url)
        #expect(again.code == 0, "\(again.errors)")
        let scoped = ["eval", "-b", "again.tar.gz", "-f", "raw", "data.roles.r", "--verification-key", "secret"] + hmac
        #expect(try LintelRun(scoped, in: folder.url).code == 2)
        #expect(try LintelRun(scoped + ["--scope", "write"], in: folder.url).output == "1\n")
    }

    /// Keys by openssl, in the forms it writes.
    @Test(arguments: [("RS256", "rsa"), ("PS384", "rsa"), ("ES256", "ec"), ("ES256", "sec1")])
    func keysInPEMSign(_ algorithm: String, _ kind: String) throws {
        let folder = try bundles()
        let making =
            switch kind {
            case "rsa": "openssl genrsa -out key.pem 2048 && openssl rsa -in key.pem -pubout -out pub.pem"
            case "ec":
                "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem && openssl pkey -in key.pem -pubout -out pub.pem"
            default: "openssl ecparam -name prime256v1 -genkey -out key.pem && openssl ec -in key.pem -pubout -out pub.pem"
            }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "cd '\(folder.url.path)' && \(making)"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl makes the keys")
        let built = try LintelRun(
            ["build", "p", "--signing-key", "key.pem", "--signing-alg", algorithm, "--verification-key-id", "ours"],
            in: folder.url)
        #expect(built.code == 0, "\(built.errors)")
        let options = ["--verification-key", "pub.pem", "--signing-alg", algorithm]
        let run = try LintelRun(["eval", "-b", "bundle.tar.gz", "-f", "raw", "data.roles.r"] + options, in: folder.url)
        #expect(run.output == "1\n", "\(run.errors)")
        let shown = try LintelRun(["inspect", "bundle.tar.gz"] + options, in: folder.url)
        #expect(shown.output.contains("\(algorithm), key ours, 3 files, verified"), "\(shown.output)\(shown.errors)")
    }

    // MARK: inspect

    @Test func bundlesAreInspected() throws {
        let folder = try bundles()
        #expect(
            try LintelRun(["build", "p", "-r", "one", "--signing-key", "k", "--signing-alg", "HS512"], in: folder.url).code == 0)
        let run = try LintelRun(["inspect", "bundle.tar.gz", "-a"], in: folder.url)
        #expect(
            run.output == """
                MANIFEST:
                  Rego version: 1
                  Revision: one
                  Roots: all of data

                SIGNATURES:
                  HS512, key default, 3 files, not verified

                NAMESPACES:
                  data: bundle.tar.gz/data.json
                  data.main: bundle.tar.gz/p/main.rego

                RULES:
                  data.main.deny (set)

                ANNOTATIONS:
                  data.main (package, bundle.tar.gz/p/main.rego:3)
                    title: Pods
                  data.main.deny (rule, bundle.tar.gz/p/main.rego:7)
                    description: says x

                """, "\(run.errors)")
        let json = try LintelRun(["inspect", "bundle.tar.gz", "-a", "-f", "json"], in: folder.url)
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(
            object?.keys.sorted() == [
                "annotations", "manifest", "namespaces", "rules", "signatures_config", "signatures_verified",
            ])
        let first = (object?["annotations"] as? [[String: Any]])?.last
        #expect((first?["location"] as? [String: Any])?["row"] as? Int == 7)
        #expect((first?["path"] as? [[String: Any]])?.compactMap { $0["value"] as? String } == ["data", "main", "deny"])
        let wrong = try LintelRun(
            ["inspect", "bundle.tar.gz", "--verification-key", "z", "--signing-alg", "HS512"], in: folder.url)
        #expect(wrong.code == 2 && wrong.output.isEmpty, "\(wrong.errors)")
    }

    @Test func foldersAndFilesAreInspected() throws {
        let folder = try bundles()
        let one = try LintelRun(["inspect", "p/main.rego"], in: folder.url)
        #expect(one.output == "NAMESPACES:\n  data.main: p/main.rego\n\nRULES:\n  data.main.deny (set)\n", "\(one.errors)")
        let old = try LintelRun(["inspect", "q", "--v0-compatible"], in: folder.url)
        for word in ["Revision: two", "Metadata: {\"m\":1}", "data.q: q/q.rego, q/q/data.yaml", "data.q.allow (rule)"] {
            #expect(old.output.contains(word), "\(old.output)\(old.errors)")
        }
        #expect(try LintelRun(["inspect", "q"], in: folder.url).code == 2)
        #expect(try LintelRun(["inspect", "none"], in: folder.url).code == 2)
        try folder.write(["void/x.txt": ""])
        #expect(try LintelRun(["inspect", "void"], in: folder.url).code == 2)
    }
}
