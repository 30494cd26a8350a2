package org.emotion4j.djl.nets;

/** What fits the parameters of a network. */
public enum OptimizerKind {
    /** Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019). */
    ADAM,

    /** Stochastic gradient descent with Nesterov momentum 0.9 (Sutskever et al. 2013) and weight decay. */
    SGD
}
