# syntax=docker/dockerfile:1
# `scripts/pin-images` adds the digests of the base images where their registries can be reached; releases are built with them.
ARG BUILD_IMAGE=swift:6.3.1-bookworm
ARG RUN_IMAGE=gcr.io/distroless/static-debian12:nonroot

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY Makefile ./
RUN make deps
COPY . .
# The policies are compiled beforehand, as `make build` does it: the program takes over the result and starts at once.
ENV LINTEL_POLICY_PROGRAM=/src/.build/policies.program
# Fully static: the final image holds no C library. glibc resolves names by itself in static programs since 2.34.
RUN mkdir -p .build && touch "$LINTEL_POLICY_PROGRAM" \
 && swift build -c release --product lintel-pack -Xswiftc -static-executable \
 && .build/release/lintel-pack --program "$LINTEL_POLICY_PROGRAM" \
 && swift build -c release --product lintel -Xswiftc -static-executable \
      --disable-local-rpath -Xlinker -z -Xlinker relro -Xlinker -z -Xlinker now \
 && install -D -s -m 755 .build/release/lintel /out/lintel \
 && /out/lintel version

# Certificates of public CAs, time zones and the user nonroot; nothing that runs.
FROM ${RUN_IMAGE}
COPY --from=build /out/lintel /usr/local/bin/lintel
USER 65532:65532
WORKDIR /workspace
EXPOSE 8443
ENTRYPOINT ["/usr/local/bin/lintel"]
