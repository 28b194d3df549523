// swift-tools-version: 6.1
import PackageDescription

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
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        // Foundations
        .target(name: "Diagnostics", swiftSettings: strict),
        .systemLibrary(
            name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .target(name: "Documents", dependencies: ["Diagnostics", "CLibYAML"], swiftSettings: strict),

        // Rego
        .target(name: "RegoSyntax", dependencies: ["Diagnostics"], swiftSettings: strict),
        .target(
            name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
        .target(
            name: "RegoRuntime", dependencies: ["Documents", "CRE2", .product(name: "BigInt", package: "BigInt")],
            swiftSettings: strict),
        .target(name: "Rego", dependencies: ["RegoSyntax", "RegoRuntime"], swiftSettings: strict),

        .target(
            name: "RegoCrypto",
            dependencies: [
                "RegoRuntime", "Documents", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ], swiftSettings: strict),

        .target(name: "NodeFacts", dependencies: ["Documents"], swiftSettings: strict),
        // Application
        .target(name: "CPolicyBundle", exclude: ["policies.bundle"]),
        .target(name: "Validation", dependencies: ["Rego", "RegoCrypto", "CPolicyBundle"], swiftSettings: strict),
        .target(
            name: "Compliance", dependencies: ["Diagnostics", "Documents", "Rego", "RegoRuntime", "Validation"], swiftSettings: strict),
        .target(name: "Reports", dependencies: ["Validation"], swiftSettings: strict),
        .target(name: "Authoring", dependencies: ["Rego", "Validation"], swiftSettings: strict),
        .executableTarget(
            name: "lintel",
            dependencies: [
                "Validation", "Reports", "Compliance", "NodeFacts", "Authoring",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict),
        .executableTarget(name: "lintel-bundle", dependencies: ["Validation"], swiftSettings: strict),

        // Tests
        .target(name: "TestSupport", dependencies: ["Diagnostics"], path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "RegoSyntaxTests", dependencies: ["RegoSyntax", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "ComplianceTests", dependencies: ["Compliance", "Validation", "Diagnostics", "Documents", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "NodeFactsTests", dependencies: ["NodeFacts", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "RegoRuntimeTests", dependencies: ["RegoRuntime", "RegoSyntax", "Documents", "Diagnostics", "TestSupport"],
            exclude: ["Builtins/Cases"], swiftSettings: strict),
        .testTarget(name: "RegoTests", dependencies: ["Rego", "RegoCrypto", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ValidationTests", dependencies: ["Validation", "Diagnostics", "Documents", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "ReportsTests", dependencies: ["Reports", "Validation", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CommandTests", dependencies: ["lintel", "TestSupport"], exclude: ["Fixtures", "Snapshots"],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x,
    cxxLanguageStandard: .cxx17
)
