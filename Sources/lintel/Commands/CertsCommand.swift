import ArgumentParser
import Diagnostics
import Inputs
import RegoRuntime
import Webhook

/// `lintel certs`: the certificates of the webhook, without cert-manager.
struct CertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certs", abstract: "Make, rotate and check the certificates of the webhook.",
        discussion: """
            The folder holds tls.crt, tls.key and ca.crt, as cert-manager names them, and ca.key, which stays with you. \
            Keys are ECDSA P-256.
            """,
        subcommands: [Create.self, Rotate.self, Check.self, Bundle.self, Patch.self])

    /// The folder that all of them work on.
    struct Folder: ParsableArguments {
        @Option(name: .customLong("dir"), help: ArgumentHelp("The folder of the certificates.", valueName: "folder"))
        var path = "."

        var certificates: CertificateFolder { CertificateFolder(path, now: Int(WallClock.now() / 1_000_000_000)) }
    }

    struct Names: ParsableArguments {
        @Option(
            name: .customLong("dns"),
            help: ArgumentHelp("A DNS name or address the server is called by; repeatable.", valueName: "name"))
        var given: [String] = []

        @Option(help: ArgumentHelp("Days the serving certificate is good for.", valueName: "number"))
        var days = 90

        @Option(name: .customLong("ca-days"), help: ArgumentHelp("Days a new CA is good for.", valueName: "number"))
        var authorityDays = 3650

        func validate() throws {
            for days in [days, authorityDays] where !(1...36_500).contains(days) {
                throw ValidationError("A certificate is good for 1 to 36500 days.")
            }
            for name in given
            where name.isEmpty || name.utf8.count > 253 || name.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) {
                throw ValidationError("\"\(name)\" is not a DNS name.")
            }
        }

        func request(_ names: [String]) -> CertificateFolder.Request {
            CertificateFolder.Request(names: names, days: days, authorityDays: authorityDays)
        }
    }

    /// Runs a step; a failure ends the command with exit code 2.
    static func perform<Result>(_ body: () throws(CertificateFailure) -> Result) throws -> Result {
        do throws(CertificateFailure) { return try body() } catch {
            Console.fail(error.message)
            throw ExitCode(2)
        }
    }
}

extension CertsCommand {
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Make a CA and a serving certificate.",
            discussion: "Without --dns the certificate is for the Service lintel in the namespace given.")

        @OptionGroup var folder: Folder
        @OptionGroup var names: Names

        @Option(help: ArgumentHelp("The Service in front of the server.", valueName: "name"))
        var service = "lintel"

        @Option(help: ArgumentHelp("The namespace of the Service.", valueName: "name"))
        var namespace = "lintel-system"

        @Flag(help: "Replace a CA that is there already; what trusts it will not trust the new one.")
        var force = false

        func run() throws {
            let host = "\(service).\(namespace).svc"
            let all = names.given.isEmpty ? [host, "\(host).cluster.local"] : names.given
            try CertsCommand.perform { () throws(CertificateFailure) in
                try folder.certificates.create(names.request(all), replacing: force)
            }
            Console.print(
                "made \(FilePath.join(folder.path, "ca.crt")) and \(FilePath.join(folder.path, "tls.crt")) for \(all.joined(separator: ", "))\n"
            )
        }
    }

    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate", abstract: "Make a new serving certificate, and with --ca a new CA.",
            discussion: """
                After --ca, ca.crt holds the new CA and the old one: first give the new caBundle to the webhook \
                configuration, then the certificate to the server, and when all replicas have it, use --drop-old-ca.
                """)

        @OptionGroup var folder: Folder
        @OptionGroup var names: Names

        @Flag(name: .customLong("ca"), help: "Make a new CA too; the old one stays in ca.crt.")
        var rotatesAuthority = false

        @Flag(name: .customLong("drop-old-ca"), help: "Only take old CAs out of ca.crt.")
        var dropsOldAuthority = false

        func validate() throws {
            if rotatesAuthority, dropsOldAuthority { throw ValidationError("--ca and --drop-old-ca are two steps.") }
        }

        func run() throws {
            let certificates = folder.certificates
            if dropsOldAuthority {
                let count = try CertsCommand.perform { () throws(CertificateFailure) in try certificates.forgetOldAuthorities() }
                return Console.print("took \(count) of the CAs out of \(FilePath.join(folder.path, "ca.crt"))\n")
            }
            try CertsCommand.perform { () throws(CertificateFailure) in
                if rotatesAuthority {
                    try certificates.rotateAuthority(names.request(names.given))
                } else {
                    try certificates.rotate(names: names.given, days: names.days)
                }
            }
            Console.print("made \(rotatesAuthority ? "a new CA and " : "")\(FilePath.join(folder.path, "tls.crt"))\n")
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Tell when the certificates expire.",
            discussion: "Exit codes: 0 all are good, 1 one expires soon or has expired, 2 they cannot be used.")

        @OptionGroup var folder: Folder

        @Option(help: ArgumentHelp("How many days must be left.", valueName: "number"))
        var days = 30

        func run() throws {
            let entries = try CertsCommand.perform { () throws(CertificateFailure) in try folder.certificates.entries() }
            let now = Int(WallClock.now() / 1_000_000_000)
            var isGood = true
            for entry in entries {
                let left = entry.expires - now
                let state = left <= 0 ? "expired" : left < days * 86_400 ? "expires soon" : "good"
                if left < days * 86_400 { isGood = false }
                let names = entry.names.isEmpty ? "" : " for \(entry.names.joined(separator: ", "))"
                let time = left <= 0 ? "\(-left / 86_400) days ago" : "\(left / 86_400) days left"
                Console.print(
                    "\(entry.file): \(state): \(entry.subject)\(names), until \(Console.timestamp(entry.expires)), \(time)\n")
            }
            if !isGood { throw ExitCode(1) }
        }
    }

    struct Bundle: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ca-bundle", abstract: "Print the caBundle for a webhook configuration: base64 of ca.crt.")

        @OptionGroup var folder: Folder

        func run() throws {
            let bundle = try CertsCommand.perform { () throws(CertificateFailure) in try folder.certificates.bundle() }
            Console.print(bundle + "\n")
        }
    }

    struct Patch: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "patch", abstract: "Write the caBundle into manifests of webhook configurations.",
            discussion:
                "Comments and layout stay. With - the manifest is read from standard input and written to standard output.")

        @OptionGroup var folder: Folder

        @Argument(help: ArgumentHelp("Manifests with webhook configurations, or -.", valueName: "file"))
        var files: [String]

        func run() throws {
            let bundle = try CertsCommand.perform { () throws(CertificateFailure) in try folder.certificates.bundle() }
            for file in files {
                do { try patch(file, bundle) } catch let error as FileError {
                    Console.fail("cannot patch \(error.path): \(error.reason)")
                    throw ExitCode(2)
                }
            }
        }

        private func patch(_ file: String, _ bundle: String) throws {
            let bytes = try file == "-" ? FileSystem.readStandardInput(name: "stdin") : FileSystem.read(file)
            let patch = BundlePatch(SourceFile(path: file == "-" ? "stdin" : file, bytes: bytes), bundle: bundle)
            if !patch.problems.isEmpty {
                Console.show(patch.problems, colour: .auto)
                throw ExitCode(2)
            }
            if file == "-" { return Console.print(String(decoding: patch.bytes, as: UTF8.self)) }
            try FileSystem.replace(file, with: patch.bytes)
            Console.print("\(file): \(patch.places) webhook\(patch.places == 1 ? "" : "s")\n")
        }
    }
}
