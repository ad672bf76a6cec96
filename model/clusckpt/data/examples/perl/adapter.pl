# A cluster in one process, by the page "Checkpointing" to the letter: capture is part of a change.
# It shows how little an adapter of clusckpt-adapter/1 needs; Perl 5.20 or later, core modules only:
#   clusckpt conform --reading mscs-page -- perl adapter.pl
# Refused: crashes, dependencies, key containers, other views, input as bytes, hHostNode.
use strict;
use warnings;
use JSON::PP ();
use List::Util qw(all any first);

my (%nodes, %owners, %resources);    # by folded name; a registry has folded keys with their values

# Names are compared without case.
sub fold { return join '', map { length uc == 1 ? uc : $_ } split //, $_[0] }
sub is_key { return length $_[0] && all { length && length() < 256 } split /\\/, $_[0], -1 }
sub under { my ($root, $key) = @_; return $key eq $root || index($key, "$root\\") == 0 }

# Registry trees.
sub create {
    my ($keys, $key) = @_;
    create($keys, $1) if $key =~ /\A(.*)\\/s;
    return $keys->{$key} //= {};
}
sub tree {
    my ($keys, $root) = @_;
    return { map { $_ => { %{ $keys->{$_} } } } grep { under($root, $_) } keys %$keys };
}
sub drop { my ($keys, $root) = @_; delete @$keys{ keys %{ tree($keys, $root) } } }

# The rules of the page.
sub owner_of { return $owners{ $_[0]{group} } }
sub registry_of { return $nodes{ owner_of($_[0]) }{keys} }
sub capture {    # without its root, the good copy stays
    my ($resource, $root) = @_;
    my $copy = tree(registry_of($resource), $root);
    return %$copy ? $resource->{copies}{$root} = $copy : undef;
}
sub changed {
    my ($keys, $key) = @_;
    for my $one (grep { $_->{state} eq 'Online' && registry_of($_) == $keys } values %resources) {
        capture($one, $_) for grep { under($_, $key) } keys %{ $one->{copies} };
    }
    return 0;
}
sub can_host { my ($resource, $node) = @_; return any { $_ eq $node } @{ $resource->{hosts} } }
sub bring_online {
    my ($resource) = @_;
    return 5071 if !can_host($resource, owner_of($resource));    # it cannot host the resource
    return 0 if $resource->{state} eq 'Online';
    my $keys = registry_of($resource);
    for my $root (grep { %{ $resource->{copies}{$_} } } sort keys %{ $resource->{copies} }) {
        my $copy = tree($resource->{copies}{$root}, $root);
        drop($keys, $root);
        create($keys, $root);
        @$keys{ keys %$copy } = values %$copy;
        changed($keys, $_) for keys %$copy;    # other resources may watch these keys
    }
    $resource->{state} = 'Online';
    return 0;
}

# The calls; each answers a status.
sub known { return $resources{ fold($_[0]{resource}) } // die { status => 5007 } }    # not found
my %calls = (
    RegSetValueEx => sub {
        my ($keys, $key) = ($nodes{ fold($_[0]{node}) }{keys}, fold($_[0]{key}));
        return 87 if !is_key($key);      # ERROR_INVALID_PARAMETER
        create($keys, $key)->{ fold($_[0]{name}) } = $_[0]{value};
        return changed($keys, $key);
    },
    RegDeleteTree => sub {
        my ($keys, $key) = ($nodes{ fold($_[0]{node}) }{keys}, fold($_[0]{key}));
        return 2 if !$keys->{$key};      # ERROR_FILE_NOT_FOUND
        drop($keys, $key);
        return changed($keys, $key);
    },
    ClusterResourceControl => sub {
        my $code = $_[0]{code};
        my $adds = $code eq 'CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT' || $code eq 0x014000a2;
        my $deletes = $code eq 'CLUSCTL_RESOURCE_DELETE_REGISTRY_CHECKPOINT' || $code eq 0x014000a6;
        die "the control code $code is not supported\n" if !$adds && !$deletes;
        my ($one, $root) = (known($_[0]), fold($_[0]{input} // ''));
        return 5 if ($_[0]{access} // '') eq 'Read';      # ERROR_ACCESS_DENIED
        return 87 if !is_key($root) || $root =~ /\A(HKLM|HKEY_LOCAL_MACHINE)(\\|\z)/;
        if ($adds) {
            return 183 if $one->{copies}{$root};          # ERROR_ALREADY_EXISTS
            return capture($one, $root) ? 0 : 2;
        }
        return delete $one->{copies}{$root} ? 0 : 2;
    },
    OnlineClusterResource => sub { known($_[0])->{wanted} = 1; return bring_online(known($_[0])) },
    OfflineClusterResource => sub { @{ known($_[0]) }{qw(wanted state)} = (0, 'Offline'); 0 },
    MoveClusterGroup => sub {
        my ($group, $node) = map { fold($_ // '') } @{ $_[0] }{qw(group node)};
        my $owner = $owners{$group} // return 5013;       # ERROR_GROUP_NOT_FOUND
        return 0 if $node eq $owner;
        my @members = grep { $_->{group} eq $group } @resources{ sort keys %resources };
        my @others = $node ne '' ? $node : grep { $_ ne $owner } sort keys %nodes;
        my $to = first { my $n = $_; all { can_host($_, $n) } @members } @others;
        return 5071 if !defined $to;
        $_->{state} = 'Offline' for @members;
        $owners{$group} = $to;
        bring_online($_) for grep { $_->{wanted} } @members;
        return 0;
    },
);

# The protocol.
sub check {    # a call or a resource asks for nothing that is not here
    my ($one) = @_;
    my @asked = map { ref ? @$_ : $_ // () }
        @$one{qw(dependencies crypto_checkpoints host_node input_bytes)};
    my $view = $one->{view} // 'native';
    die "not supported; see the head of adapter.pl\n" if @asked || $view ne 'native';
}
sub reset_cluster {
    my ($cluster, $registry) = @{ $_[0] }{qw(cluster registry)};
    my @all = map { fold($_) } @{ $cluster->{nodes} };
    check($_) for @{ $cluster->{resources} };
    %nodes     = map { fold($_) => { name => $_, keys => {} } } @{ $cluster->{nodes} };
    %owners    = map { fold($_->{name}) => fold($_->{owner} // $all[0]) } @{ $cluster->{groups} };
    %resources = map { fold($_->{name}) => {
        group => fold($_->{group}), state => 'Offline', wanted => 0,
        hosts => [ map { fold($_) } @{ $_->{possible_owners} // \@all } ],
        copies => { map { fold($_->{key}) => {} } @{ $_->{registry_checkpoints} // [] } },
    } } @{ $cluster->{resources} };
    for my $node (keys %{ $registry // {} }) {
        while (my ($key, $values) = each %{ $registry->{$node} }) {
            my $there = create($nodes{ fold($node) }{keys}, fold($key));
            $there->{ fold($_) } = $values->{$_} for keys %$values;
        }
    }
    for my $one (values %resources) { capture($one, $_) for keys %{ $one->{copies} } }
    return undef;
}
sub observe {
    my ($states, $groups, $wanted) = @{ $_[0] }{qw(states owners registry)};
    my %seen = (states => {}, owners => {}, registry => {});
    for my $node (keys %{ $wanted // {} }) {
        while (my ($key, $names) = each %{ $wanted->{$node} }) {
            my $there = $nodes{ fold($node) }{keys}{ fold($key) };
            $seen{registry}{$node}{$key} = $there && { map { $_ => $there->{ fold($_) } } @$names };
        }
    }
    $seen{owners}{$_} = $nodes{ $owners{ fold($_) } }{name} for @{ $groups // [] };
    my @there = grep { $resources{ fold($_) } } @{ $states // [] };
    $seen{states}{$_} = $resources{ fold($_) }{state} for @there;
    return \%seen;
}
my %capabilities = (
    protocol => 'clusckpt-adapter/1', implementation => { name => 'perl' },
    calls => [ sort keys %calls ], observes => [qw(states owners registry)],
);
my %methods = (
    initialize => sub { return \%capabilities }, reset => \&reset_cluster, observe => \&observe,
    shutdown => sub { return undef },
);
my $json = JSON::PP->new->utf8->canonical->allow_nonref;
$| = 1;
while (defined(my $line = <STDIN>)) {
    my ($id, $method, $given) = @{ $json->decode($line) }{qw(id method params)};
    $given //= {};
    my %answer = (jsonrpc => '2.0', id => $id);
    my $result = eval {
        check($given) if $calls{$method};
        ($methods{$method} // $calls{$method})->($given);
    };
    if (!ref $@ && $@) { $answer{error} = { code => -32602, message => $@ } }
    else { $answer{result} = $methods{$method} ? $result : { returned => $result // $@->{status} } }
    print $json->encode(\%answer), "\n";
    last if $method eq 'shutdown';
}
