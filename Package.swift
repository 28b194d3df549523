// swift-tools-version: 6.1
import PackageDescription

// `make build` compiles the policy library first and names the result here; without it policies are compiled at each start.
let policyProgram: [CSetting] =
    Context.environment["LINTEL_POLICY_PROGRAM"].map {
        [.define("LINTEL_POLICY_PROGRAM", to: "\"\($0)\"")]
    } ?? []

// Writes beyond a buffer that the C library can see end the program; it sees them in optimised code.
let hardened: [CSetting] = [.define("_FORTIFY_SOURCE", to: "2", .when(configuration: .release))]
let hardenedCXX: [CXXSetting] = [.define("_FORTIFY_SOURCE", to: "2", .when(configuration: .release))]

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "lintel",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "LintelRego", targets: ["Rego", "RegoRuntime", "RegoSyntax", "Documents", "Diagnostics"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/attaswift/BigInt", exact: "6.0.1"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // Foundations
        .target(name: "CThreadMeter", cSettings: hardened),
        .target(name: "Text", dependencies: ["CThreadMeter"], swiftSettings: strict),
        .target(name: "Diagnostics", swiftSettings: strict),
        .target(
            // A fully static program finds the C++ library only behind its user.
            name: "CRE2", cxxSettings: hardenedCXX,
            linkerSettings: [.linkedLibrary("re2"), .linkedLibrary("stdc++", .when(platforms: [.linux]))]),
        // What of Go's standard library shows in OPA, Helm and kustomize.
        .target(name: "GoLibrary", dependencies: ["Text", "CRE2"], swiftSettings: strict),
        .systemLibrary(
            name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .target(name: "Documents", dependencies: ["Diagnostics", "GoLibrary", "Text", "CLibYAML"], swiftSettings: strict),
        .target(name: "JSONPatch", dependencies: ["Documents"], swiftSettings: strict),
        .target(name: "JSONSchema", dependencies: ["Documents", "Text"], swiftSettings: strict),

        // Rego
        .target(name: "RegoSyntax", dependencies: ["Diagnostics", "Text"], swiftSettings: strict),
        // Go's text/template, without any language around it.
        .target(name: "GoTemplate", dependencies: ["GoLibrary", "Text"], swiftSettings: strict),
        .target(
            name: "RegoRuntime",
            dependencies: [
                "Documents", "GoLibrary", "GoTemplate", "JSONPatch", "JSONSchema", "Text",
                .product(name: "BigInt", package: "BigInt"),
            ],
            swiftSettings: strict),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(name: "Rego", dependencies: ["RegoSyntax", "RegoRuntime", "Text", "CZlib"], swiftSettings: strict),

        .target(
            name: "RegoCrypto",
            dependencies: [
                "RegoRuntime", "Documents", "GoLibrary", "Text", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ], swiftSettings: strict),

        // The builtins that reach the network: off unless a host is allowed by name.
        .target(
            name: "RegoNetwork",
            dependencies: [
                "RegoRuntime", "Documents", "GoLibrary",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: strict),

        // The types of the Kubernetes API, and what its server makes of objects.
        .target(name: "CSchemaCatalogue", exclude: ["kubernetes.catalogue", "definitions.pack"], cSettings: hardened),
        .target(
            name: "Schemas", dependencies: ["Diagnostics", "Documents", "GoLibrary", "Text", "CSchemaCatalogue"],
            swiftSettings: strict
        ),

        // Renderers: what a folder makes, with the place of every value.
        .target(
            name: "Kustomize",
            dependencies: [
                "Diagnostics", "GoLibrary", "Text", "Documents", "CLibYAML", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),

        .target(name: "NodeFacts", dependencies: ["Documents", "Text"], swiftSettings: strict),
        // Renderers
        .target(
            name: "Helm",
            dependencies: [
                "GoLibrary", "GoTemplate", "Documents", "Diagnostics", "Text", "CZlib",
                .product(name: "BigInt", package: "BigInt"),
            ], swiftSettings: strict),
        .target(
            name: "HelmCrypto",
            dependencies: [
                "Helm", "GoTemplate", "Text", "CCrypt", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"), .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ], swiftSettings: strict),
        .systemLibrary(name: "CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])]),

        // Application
        .target(name: "CPackedPolicies", exclude: ["policies.pack"], cSettings: hardened),
        .target(name: "CPolicyProgram", cSettings: policyProgram + hardened),
        .target(name: "Inputs", dependencies: ["Diagnostics", "Documents", "Kustomize", "Text"], swiftSettings: strict),
        // ConstraintTemplates and constraints: what Gatekeeper's policies say, without judging by them.
        .target(
            name: "Gatekeeper",
            dependencies: [
                "Diagnostics", "Documents", "GoLibrary", "JSONPatch", "RegoSyntax", "RegoRuntime", "Rego", "Text", "Inputs",
                "Schemas",
            ],
            swiftSettings: strict),
        // What a repository applies: its kustomizations and charts, and what Argo CD and Flux make of them.
        .target(
            name: "Renderings",
            dependencies: ["Diagnostics", "Documents", "GoTemplate", "Helm", "Inputs", "Kustomize", "Text"], swiftSettings: strict
        ),
        // The images of what is applied: where they are written, what scanners say of them, and how to replace them.
        .target(
            name: "Images", dependencies: ["Diagnostics", "Documents", "Helm", "Inputs", "Renderings", "Text"],
            swiftSettings: strict),
        .target(
            name: "Catalogue",
            dependencies: [
                "Diagnostics", "Documents", "JSONSchema", "RegoSyntax", "RegoRuntime", "Rego", "RegoCrypto", "RegoNetwork",
                "Text",
                "Inputs", "Gatekeeper", "Schemas", "CPackedPolicies", "CPolicyProgram",
            ], swiftSettings: strict),
        .target(
            name: "Judging",
            dependencies: [
                "Diagnostics", "Documents", "GoLibrary", "JSONPatch", "RegoRuntime", "Rego", "RegoNetwork", "Text", "Inputs",
                "Schemas", "Gatekeeper", "Catalogue",
            ],
            swiftSettings: strict),
        .target(
            name: "Findings",
            dependencies: ["Diagnostics", "Documents", "Text", "Inputs", "Gatekeeper", "Catalogue", "Judging", "Schemas"],
            swiftSettings: strict),
        .target(
            name: "Remedies",
            dependencies: [
                "Diagnostics", "Documents", "Inputs", "Kustomize", "Renderings", "Catalogue", "Judging", "Findings",
            ], swiftSettings: strict),
        // Two states of a repository, and a repository and a cluster.
        .target(
            name: "Differences",
            dependencies: ["Diagnostics", "Documents", "Text", "Inputs", "Schemas", "Images", "Judging", "Findings"],
            swiftSettings: strict),
        .target(
            name: "Compliance",
            dependencies: [
                "Diagnostics", "Documents", "Rego", "RegoRuntime", "Text", "Inputs", "Catalogue", "Judging", "Findings",
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: strict),
        // Chats, webhooks and trackers that are told of violations.
        .target(
            name: "Notifications",
            dependencies: [
                "Diagnostics", "Documents", "GoTemplate", "Helm", "Text", "Inputs", "Catalogue", "Judging", "Findings",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: strict),
        .target(
            name: "Reports",
            dependencies: [
                "Diagnostics", "Documents", "Text", "Inputs", "Schemas", "Images", "Catalogue", "Judging", "Findings",
                "Differences",
            ],
            swiftSettings: strict),
        .target(
            name: "Authoring",
            dependencies: [
                "ConfigurationFormats", "Rego", "RegoNetwork", "Text", "Inputs", "Schemas", "Gatekeeper", "Catalogue", "Judging",
                "Kustomize",
            ], swiftSettings: strict),
        .target(
            name: "ConfigurationFormats",
            dependencies: ["Diagnostics", "Documents", .product(name: "TOMLKit", package: "TOMLKit")], swiftSettings: strict),
        // Every allocation of the program goes through it; only Linux links a library in place of the C library's own.
        .systemLibrary(name: "CJemalloc", pkgConfig: "jemalloc", providers: [.apt(["libjemalloc-dev"])]),
        // Lines of `lintel repl`: libedit, whose functions take a varying number of arguments. Linked into the program, since
        // four libraries more to load would make each start of it a quarter of a millisecond longer.
        .target(
            name: "CLineEditor", cSettings: hardened,
            linkerSettings: [":libedit.a", ":libbsd.a", ":libmd.a", ":libtinfo.a"].map {
                .linkedLibrary($0, .when(platforms: [.linux]))
            } + [.linkedLibrary("edit", .when(platforms: [.macOS]))]),
        .target(
            name: "Webhook",
            dependencies: [
                .target(name: "CJemalloc", condition: .when(platforms: [.linux])), "Diagnostics", "Documents", "Rego",
                "GoLibrary", "RegoNetwork", "RegoRuntime", "RegoSyntax", "Text", "Inputs", "Gatekeeper", "Catalogue", "Judging",
                "Findings",
                "Notifications", "Authoring",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: strict),
        .target(name: "CPlaygroundAssets", exclude: ["list.sh"]),
        .target(
            name: "Playground",
            dependencies: [
                "Diagnostics", "Documents", "RegoSyntax", "RegoRuntime", "RegoNetwork", "Rego", "Inputs", "Gatekeeper",
                "Catalogue",
                "Judging", "Findings", "Remedies", "Authoring", "Helm", "HelmCrypto", "GoTemplate", "Kustomize", "Renderings",
                "Schemas", "Text", "CPlaygroundAssets",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], exclude: ["content", "web"], swiftSettings: strict),
        .executableTarget(
            name: "lintel",
            dependencies: [
                "Inputs", "Gatekeeper", "Catalogue", "Judging", "Helm", "HelmCrypto", "GoLibrary", "GoTemplate", "RegoRuntime",
                "Findings", "Remedies", "Differences", "Reports",
                "Compliance", "NodeFacts", "Authoring", "Webhook", "RegoNetwork", "Playground", "Text", "Kustomize", "Schemas",
                "Renderings", "ConfigurationFormats", "Images", "Notifications", "CLineEditor",
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "lintel-catalogue", dependencies: ["Schemas", "Documents", "Diagnostics"], swiftSettings: strict),
        .executableTarget(name: "lintel-pack", dependencies: ["Inputs", "Catalogue"], swiftSettings: strict),

        .executableTarget(
            name: "differential", dependencies: ["Rego", "RegoCrypto", "RegoRuntime", "Documents", "Diagnostics"],
            path: "Tests/Differential/runner", swiftSettings: strict),

        // Tests
        .target(name: "TestSupport", dependencies: ["Diagnostics"], path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "PublicAPITests", dependencies: ["Rego", "RegoRuntime", "Documents", "Diagnostics"], packageAccess: false,
            swiftSettings: strict),
        .testTarget(name: "TextTests", dependencies: ["Text"], swiftSettings: strict),
        .testTarget(name: "JSONPatchTests", dependencies: ["JSONPatch", "Documents", "Diagnostics"], swiftSettings: strict),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "RegoSyntaxTests", dependencies: ["RegoSyntax", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "KustomizeTests", dependencies: ["Kustomize", "Inputs", "Diagnostics", "Documents", "TestSupport"],
            exclude: ["small-builds.json"], swiftSettings: strict),
        .testTarget(
            name: "ComplianceTests",
            dependencies: [
                "Compliance", "Inputs", "Catalogue", "Judging", "Findings", "Diagnostics", "Documents", "TestSupport",
                .product(name: "Crypto", package: "swift-crypto"),
            ], exclude: ["Fixtures", "Snapshots"], swiftSettings: strict),
        .testTarget(
            name: "SchemasTests", dependencies: ["Schemas", "Diagnostics", "Documents", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "NodeFactsTests", dependencies: ["NodeFacts", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "RegoRuntimeTests", dependencies: ["RegoRuntime", "RegoSyntax", "Documents", "Diagnostics", "TestSupport"],
            exclude: ["Builtins/Cases"], swiftSettings: strict),
        .testTarget(
            name: "RegoTests",
            dependencies: [
                "Rego", "RegoCrypto", "RegoNetwork", "TestSupport", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], exclude: ["Cases", "Snippets", "TLS"], swiftSettings: strict),
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "Rego", "RegoCrypto", "RegoRuntime", "RegoSyntax", "Documents", "Kustomize", "Diagnostics", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ValidationTests",
            dependencies: [
                "Inputs", "Catalogue", "Judging", "Findings", "Rego", "RegoSyntax", "Diagnostics", "Documents", "TestSupport",
            ],
            exclude: ["Bundles", "Credentials.yaml", "PodSecurityCases.yaml", "Snapshots", "Workloads.yaml"],
            swiftSettings: strict),
        .testTarget(
            name: "WebhookTests",
            dependencies: [
                "Webhook", "Inputs", "Catalogue", "Judging", "Findings", "Rego", "RegoNetwork", "RegoRuntime", "Diagnostics",
                "Documents", "GoLibrary", "Notifications", "TestSupport",
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "PlaygroundTests",
            dependencies: [
                "Playground", "Inputs", "Catalogue", "Judging", "Findings", "Diagnostics", "Documents", "Rego", "RegoRuntime",
                "Text", "TestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
            ], swiftSettings: strict),
        .testTarget(
            name: "HelmTests",
            dependencies: ["Helm", "HelmCrypto", "GoTemplate", "Documents", "Diagnostics", "Rego", "Text", "TestSupport"],
            exclude: ["function-corners.txt", "real-chart-mistakes.txt"], swiftSettings: strict),
        .testTarget(
            name: "ReportsTests", dependencies: ["Reports", "Inputs", "Catalogue", "Judging", "Findings", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "RemediesTests",
            dependencies: ["Remedies", "Findings", "Judging", "Catalogue", "Inputs", "Documents", "Diagnostics"],
            swiftSettings: strict),
        .testTarget(
            name: "DifferencesTests",
            dependencies: ["Differences", "Reports", "Inputs", "Schemas", "Diagnostics"],
            exclude: ["Cases", "Live"], swiftSettings: strict),
        .testTarget(
            name: "CommandTests", dependencies: ["lintel", "Reports", "Documents", "Diagnostics", "TestSupport"],
            exclude: ["Fixtures", "Snapshots"],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x,
    cxxLanguageStandard: .cxx17
)
