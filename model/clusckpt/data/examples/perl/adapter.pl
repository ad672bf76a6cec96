# A cluster in one process, by the page "Checkpointing" to the letter: capture is part of a change.
# It shows how little an adapter of clusckpt-adapter/1 needs; Perl 5.20 or later, core modules only:
#   clusckpt conform --reading mscs-page -- perl adapter.pl
# Refused: other calls, MoveClusterGroup without a node, and whatever @foreign names.
use strict;
use warnings;
use JSON::PP ();

my (%nodes, %owners, %resources);    # by folded name; a registry has folded keys with their values

# Names are compared without case.
sub fold { return join '', map { length uc == 1 ? uc : $_ } split //, $_[0] }
sub is_key { return $_[0] =~ /\A [^\\]{1,255} (?: \\ [^\\]{1,255} )* \z/xs }
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
sub registry_of { return $nodes{ $owners{ $_[0]{group} } }{keys} }
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
sub bring_online {
    my ($resource) = @_;
    return 0 if $resource->{state} eq 'Online';
    my $keys = registry_of($resource);
    for my $root (grep { %{ $resource->{copies}{$_} } } sort keys %{ $resource->{copies} }) {
        my $copy = tree($resource->{copies}{$root}, $root);
        drop($keys, $root), create($keys, $root);
        @$keys{ keys %$copy } = values %$copy;
        changed($keys, $_) for keys %$copy;    # other resources may watch these keys
    }
    $resource->{state} = 'Online';
    return 0;
}

# The calls; each answers a status.
sub resource { return $resources{ fold($_[0]{resource}) } }
my %calls = (
    RegSetValueEx => sub {
        my ($keys, $key) = ($nodes{ fold($_[0]{node}) }{keys}, fold($_[0]{key}));
        return 87 if !is_key($key);      # ERROR_INVALID_PARAMETER
        create($keys, $key)->{ fold($_[0]{name}) } = $_[0]{value};
        return changed($keys, $key);
    },
    ClusterResourceControl => sub {
        my $one = resource($_[0]) // return 5007;             # ERROR_RESOURCE_NOT_FOUND
        my $root = fold($_[0]{input} // '');
        my ($task) = $_[0]{code} =~ /\ACLUSCTL_RESOURCE_(ADD|DELETE)_REGISTRY_CHECKPOINT\z/
            or die "the control code is not supported\n";
        return 87 if !is_key($root) || $root =~ /\A(HKLM|HKEY_LOCAL_MACHINE)(\\|\z)/;
        return delete $one->{copies}{$root} ? 0 : 2 if $task eq 'DELETE';   # ERROR_FILE_NOT_FOUND
        return 183 if $one->{copies}{$root};                  # ERROR_ALREADY_EXISTS
        return capture($one, $root) ? 0 : 2;
    },
    OnlineClusterResource => sub { return bring_online(resource($_[0]) // return 5007) },
    OfflineClusterResource => sub {
        my $one = resource($_[0]) // return 5007;
        $one->{state} = 'Offline';
        return 0;
    },
    MoveClusterGroup => sub {
        my ($group, $node) = (fold($_[0]{group}), fold($_[0]{node} // ''));
        my $owner = $owners{$group} // return 5013;           # ERROR_GROUP_NOT_FOUND
        die "not supported without a node\n" if $node eq '';
        return 0 if $node eq $owner;
        my @online = grep { $_->{group} eq $group && $_->{state} eq 'Online' } values %resources;
        $_->{state} = 'Offline' for @online;
        $owners{$group} = $node;
        bring_online($_) for @online;
        return 0;
    },
);

# The protocol.
my @foreign = qw(dependencies crypto_checkpoints possible_owners view access host_node input_bytes);
sub check { my ($one) = @_; defined $one->{$_} && die "not supported: $_\n" for @foreign }
sub reset_cluster {
    my ($cluster, $registry) = @{ $_[0] }{qw(cluster registry)};
    check($_) for map { $_, @{ $_->{registry_checkpoints} // [] } } @{ $cluster->{resources} };
    %nodes = map { fold($_) => { name => $_, keys => {} } } @{ $cluster->{nodes} };
    my $first = $cluster->{nodes}[0];
    %owners = map { fold($_->{name}) => fold($_->{owner} // $first) } @{ $cluster->{groups} };
    %resources = map { fold($_->{name}) => { group => fold($_->{group}), state => 'Offline',
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
sub call {
    my ($given, $method) = @_;
    check($given);
    return { returned => ($calls{$method} // die "not supported\n")->($given) };
}
my %methods = (
    initialize => sub {
        my %who = (protocol => 'clusckpt-adapter/1', implementation => { name => 'perl' });
        return { %who, calls => [ sort keys %calls ], observes => [qw(states owners registry)] };
    },
    reset => \&reset_cluster, observe => \&observe, shutdown => sub { return undef },
);
my $json = JSON::PP->new->utf8->canonical->allow_nonref;
$| = 1;
while (defined(my $line = <STDIN>)) {
    my ($id, $method, $given) = @{ $json->decode($line) }{qw(id method params)};
    my $result = eval { ($methods{$method} // \&call)->($given, $method) };
    my %end = $@ ? (error => { code => -32602, message => $@ }) : (result => $result);
    print $json->encode({ jsonrpc => '2.0', id => $id, %end }), "\n";
    last if $method eq 'shutdown';
}
